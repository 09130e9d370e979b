import { BAND_COLOURS, type ShownBand } from './band-colours.ts';
import { driftChart } from './drift-chart.ts';
import { escapeHtml } from './escape-html.ts';
import { formatConfidence } from './format-confidence.ts';
import { STORY_STYLE } from './story-style.ts';

export interface StoryScene {
  /** A data URI, or a link relative to the page. */
  readonly imageSrc: string;
  readonly prompt: string;
  /** Cosine in [-1, 1]; null when the picture could not be scored. */
  readonly idr: number | null;
  /** Probability of the same person, in [0, 1]; null with `idr`. */
  readonly confidence: number | null;
  readonly band: ShownBand;
  /** Why there is no score. */
  readonly reason?: string;
  readonly takes: number;
  readonly changes: readonly {
    readonly change: 'begins' | 'ends';
    readonly kind: string;
    readonly value: string;
  }[];
}

export interface Story {
  readonly character: { readonly name: string; readonly portraitSrc: string };
  /** The encoder that scored the scenes, and its band thresholds. */
  readonly encoder: { readonly id: string; readonly moderate: number; readonly strong: number };
  readonly scenes: readonly StoryScene[];
}

/** Writes a story as one HTML page that needs no script and no other file than its pictures. All text is escaped. */
export function storyPage(story: Story): string {
  const { character, encoder, scenes } = story;
  const name = escapeHtml(character.name);
  const held = scenes.filter(({ band }) => band === 'strong' || band === 'moderate').length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>The story of ${name}</title>
<style>${STORY_STYLE}</style>
</head>
<body>
<header>
<img src="${escapeHtml(character.portraitSrc)}" alt="Reference portrait of ${name}" width="132" height="132">
<div>
<h1>The story of ${name}</h1>
<p>${scenes.length} ${scenes.length === 1 ? 'scene' : 'scenes'}, identity held in ${held}. Scored by ${escapeHtml(encoder.id)}.</p>
</div>
</header>
<main>
<section class="drift" aria-labelledby="drift">
<h2 id="drift">How well the face held</h2>
${driftChart(scenes, encoder)}
<p class="note">IDR is the cosine of the character's identity vector and the face in the picture: 1 is the same vector, strangers lie near 0.</p>
</section>
<ol class="scenes">
${scenes.map((scene, n) => sceneItem(scene, n, name)).join('\n')}
</ol>
</main>
<footer>Made with IDLock. The pictures are made with AI.</footer>
</body>
</html>
`;
}

function sceneItem(scene: StoryScene, index: number, name: string): string {
  const prompt = escapeHtml(scene.prompt);
  const takes = scene.takes === 1 ? '1 take' : `${scene.takes} takes`;
  return `<li>
<img src="${escapeHtml(scene.imageSrc)}" alt="${name}: ${prompt}" loading="lazy">
<div class="words">
<h3><span class="number">${index + 1}</span> ${prompt}</h3>
${scoreBlock(scene)}
<p class="note">${takes}</p>
${changeList(scene)}
</div>
</li>`;
}

function scoreBlock({ idr, confidence, band, reason }: StoryScene): string {
  if (idr === null)
    return `<p class="score"><strong>n/a</strong> not scored${reason ? `: ${escapeHtml(reason)}` : ''}</p>`;
  const percent = (Math.max(0, Math.min(1, idr)) * 100).toFixed(0);
  const sure = confidence === null ? '' : `, ${escapeHtml(formatConfidence(confidence))} same person`;
  return `<p class="score"><strong style="color:${BAND_COLOURS[band]}">${idr.toFixed(2)}</strong> IDR, ${band}${sure}</p>
<div class="bar" role="img" aria-label="IDR ${idr.toFixed(2)} of 1"><i style="width:${percent}%;background:${BAND_COLOURS[band]}"></i></div>`;
}

function changeList({ changes }: StoryScene): string {
  if (changes.length === 0) return '<p class="note">The state stays as it was.</p>';
  const items = changes.map(
    ({ change, kind, value }) =>
      `<li class="${change}"><span>${change === 'begins' ? 'now' : 'no longer'}</span> ${escapeHtml(kind)}: ${escapeHtml(value)}</li>`,
  );
  return `<ul class="changes">${items.join('')}</ul>`;
}
