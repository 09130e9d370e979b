import { Command } from 'commander';
import type { Evaluation } from '#core/evaluation/evaluate-pairs.ts';
import type { OpenSession } from '../command-session.ts';
import { jsonOption } from '../options.ts';
import { type EvaluateOptions, runEvaluation } from '../run-evaluation.ts';
import type { Terminal } from '../terminal.ts';

export function evaluateCommand(openSession: OpenSession): Command {
  return new Command('evaluate')
    .description('Measure how well a pack tells people apart, on pairs of photos')
    .requiredOption('--pairs <csv>', 'rows a,b,same with a header; same is 1 or 0')
    .requiredOption('--root <dir>', 'where the photos of the pairs lie')
    .option('--encoder <pack>', 'the pack to measure (default: the one in use)')
    .option('--plot <svg>', 'also draw both histograms into this file')
    .option('--save', 'use the calibration fitted on these pairs for this pack from now on')
    .addOption(jsonOption())
    .action(async (options: EvaluateOptions) => {
      const session = openSession();
      const evaluation = await runEvaluation(options, session);
      printEvaluation(evaluation, session.terminal);
      session.terminal.document(evaluation);
    });
}

function printEvaluation(evaluation: Evaluation, terminal: Terminal): void {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const spread = ({ mean, sd, n }: Evaluation['genuine']) =>
    `${mean.toFixed(3)} +- ${sd.toFixed(3)} (${n} pairs)`;
  terminal.line(terminal.bold(evaluation.encoder));
  terminal.line(`  AUC              ${evaluation.auc.toFixed(4)}`);
  terminal.line(
    `  accuracy         ${percent(evaluation.accuracy)} at cosine ${evaluation.threshold.toFixed(3)}`,
  );
  for (const [rate, share] of Object.entries(evaluation.tar))
    terminal.line(`  TAR@FAR ${rate.padEnd(8)} ${percent(share)}`);
  terminal.line(`  detection        ${percent(evaluation.detection)} of ${evaluation.photos} photos`);
  terminal.line(`  same person      ${spread(evaluation.genuine)}`);
  terminal.line(
    `  strangers        ${spread(evaluation.impostor)}, mean |cosine| ${evaluation.impostor.mean_abs.toFixed(3)}`,
  );
  if (evaluation.calibration_error !== null)
    terminal.line(`  calibration err. ${evaluation.calibration_error.toFixed(3)}`);
}
