// What each sensitivity costs, as measured (docs/detection.md, "What a sensitivity costs"): faces
// missed in a hundred, and wrong places marked a picture.

interface Cost {
  readonly missedInHundred: number;
  readonly wrongAPicture: number;
}

const measured: readonly (readonly [missed: number, wrong: number])[] = [
  [18.4, 0.42],
  [17.1, 0.49],
  [16.3, 0.58],
  [15.2, 0.68],
  [14.2, 0.81],
  [13.4, 0.94],
  [12.3, 1.08],
  [11.4, 1.24],
  [10.4, 1.5],
  [9.3, 1.91],
  [8.0, 2.59],
  [6.1, 4.39],
];

/** Rounded to what people can picture: whole faces, half places under three. */
export function costAt(sensitivity: number): Cost {
  const [missed, wrong] = measured[sensitivity] ?? [0, 0];
  const steps = wrong < 3 ? 2 : 1;
  return {
    missedInHundred: Math.round(missed),
    wrongAPicture: Math.max(0.5, Math.round(wrong * steps) / steps),
  };
}
