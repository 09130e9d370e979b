-- A step belongs to a scene or to a character that enrols, and cannot outlive it: a worker that is still at work when
-- its character is forgotten must not leave a result behind, which may hold a face.

delete from steps s where not exists (select from scenes o where o.tenant_id = s.tenant_id and o.id = s.owner_id)
  and not exists (select from characters o where o.tenant_id = s.tenant_id and o.id = s.owner_id);

alter table steps
  add column scene_id text collate "C"
    generated always as (case when starts_with(owner_id, 'scene_') then owner_id end) stored,
  add column character_id text collate "C"
    generated always as (case when starts_with(owner_id, 'char_') then owner_id end) stored,
  add constraint steps_owner check (num_nonnulls(scene_id, character_id) = 1),
  add foreign key (tenant_id, scene_id) references scenes,
  add foreign key (tenant_id, character_id) references characters;
