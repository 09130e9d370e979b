/** The story page's CSS: dark by default, light where the reader prefers it. */
export const STORY_STYLE = `
:root { --paper: #14161d; --card: #1e212b; --ink: #f1ece2; --muted: #a3a7b5; --line: #ffffff1a; --begins: #4fb58a; --ends: #e08a70; }
@media (prefers-color-scheme: light) {
  :root { --paper: #f6f2ea; --card: #fffdf8; --ink: #23242b; --muted: #62656f; --line: #00000018; --begins: #1f7a57; --ends: #a8452d; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 40px 24px 56px; background: var(--paper); color: var(--ink);
  font: 17px/1.5 Georgia, 'Times New Roman', serif; }
h1, h2, h3, p { margin: 0; }
h1 { font-size: 2.4rem; font-weight: 500; letter-spacing: -.01em; line-height: 1.15; }
h2 { font-size: 1.3rem; font-weight: 500; margin-bottom: 14px; }
h3 { font-size: 1.2rem; font-weight: 500; line-height: 1.35; overflow-wrap: anywhere; }
header { display: flex; gap: 24px; align-items: center; margin-bottom: 32px; }
header img { border-radius: 50%; object-fit: cover; border: 3px solid var(--line); }
header p, .note, footer, .score, .changes, .tick, .value { font-family: system-ui, 'Segoe UI', sans-serif; }
header p, .note, footer { color: var(--muted); font-size: .9rem; }
.drift, .scenes > li { background: var(--card); border: 1px solid var(--line); border-radius: 18px; }
.drift { padding: 24px 28px; }
.chart { width: 100%; height: auto; display: block; }
.tick { fill: var(--muted); font-size: 13px; }
.value { fill: var(--ink); font-size: 14px; font-weight: 600; }
.scenes { list-style: none; margin: 28px 0; padding: 0; display: grid; gap: 28px; }
.scenes > li { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); overflow: hidden; }
.scenes img { width: 100%; height: 100%; display: block; object-fit: cover; }
.words { padding: 28px; display: flex; flex-direction: column; gap: 12px; }
.number { color: var(--muted); margin-right: 4px; }
.score { color: var(--muted); }
.score strong { font-size: 2rem; font-weight: 650; margin-right: 6px; }
.bar { height: 9px; border-radius: 5px; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; border-radius: 5px; }
.changes { list-style: none; margin: 8px 0 0; padding: 14px 0 0; border-top: 1px solid var(--line); display: grid; gap: 6px; font-size: .92rem; }
.changes span { font-weight: 650; margin-right: 4px; }
.begins span { color: var(--begins); }
.ends span { color: var(--ends); }
@media (max-width: 720px) { .scenes > li { grid-template-columns: 1fr; } header { flex-direction: column; align-items: flex-start; } }
`;
