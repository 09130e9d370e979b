/** A confidence in [0, 1] as percent; never "100 %", for a face can always be another one's. */
export function formatConfidence(confidence: number): string {
  return confidence > 0.99 ? '> 99 %' : `${Math.round(confidence * 100)} %`;
}
