import { Command } from 'commander';
import { listPacks } from '#models/list-packs.ts';
import type { Manifest } from '#models/manifest.ts';
import type { OpenSession } from '../command-session.ts';
import { jsonOption } from '../options.ts';
import { readyPack } from '../ready-pack.ts';
import { reembedReferences } from '../reembed-references.ts';
import { withWorker } from '../session.ts';

export function modelsCommand(openSession: OpenSession): Command {
  return new Command('models')
    .description('Model packs: list, prepare, and re-embed after a change of encoder')
    .addCommand(listCommand(openSession))
    .addCommand(prepareCommand(openSession))
    .addCommand(reembedCommand(openSession));
}

function listCommand(openSession: OpenSession): Command {
  return new Command('list')
    .description(
      'Every pack with its licence; IDLOCK_ENCODER chooses the one for faces, IDLOCK_STYLE_ENCODER for looks',
    )
    .addOption(jsonOption())
    .action(async () => {
      const { terminal, config } = openSession();
      const packs = await listPacks();
      const isChosen = ({ name }: Manifest) =>
        name === config.models.encoder || name === config.models.styleEncoder;
      for (const pack of packs) {
        const mark = isChosen(pack) ? '*' : ' ';
        terminal.line(`${mark} ${pack.name.padEnd(12)} ${licenceWords(pack).padEnd(34)} ${pack.title}`);
      }
      terminal.document({
        packs: packs.map((pack) => ({
          name: pack.name,
          title: pack.title,
          licence: pack.licence,
          arrives: pack.arrives,
          encoder: pack.faceEncoder?.id ?? null,
          styleEncoder: pack.styleEncoder?.id ?? null,
          isChosen: isChosen(pack),
        })),
      });
    });
}

function prepareCommand(openSession: OpenSession): Command {
  return new Command('prepare')
    .description('Build or fetch a pack now, and check every file of it')
    .argument('[pack]', 'name of the pack (default: the chosen encoder)')
    .option('--accept-licence', 'accept a licence that forbids commercial use')
    .addOption(jsonOption())
    .action(async (name: string | undefined, options: { acceptLicence?: boolean }) => {
      const session = openSession();
      const { config, terminal } = session;
      const pack = await readyPack(name ?? config.models.encoder, session, options);
      terminal.line(`${pack.manifest.name} is ready in ${pack.dir} (${licenceWords(pack.manifest)})`);
      terminal.document({ name: pack.manifest.name, dir: pack.dir, licence: pack.manifest.licence });
    });
}

function reembedCommand(openSession: OpenSession): Command {
  return new Command('reembed')
    .description(
      'Measure the stored photos again under the encoder in use; old vectors are kept apart, never mixed',
    )
    .addOption(jsonOption())
    .action(async () => {
      const session = openSession();
      const { terminal } = session;
      await withWorker(session, async (context, caller, vision) => {
        const report = await reembedReferences({ context, caller, vision, session });
        terminal.line(
          `${report.done.length} characters measured under ${vision.faceEncoder.id}, ${report.current} were current`,
        );
        for (const { name, reason } of report.refused) terminal.line(`  ${name}: ${reason}`);
        terminal.document({ encoder: vision.faceEncoder.id, ...report });
      });
    });
}

function licenceWords({ licence }: Manifest): string {
  return licence.commercial ? licence.name : `${licence.name}, non-commercial`;
}
