// What each sensitivity costs, as measured (docs/detection.md, "What a sensitivity costs"): faces
// missed in a hundred, and wrong places marked a picture.

interface Cost {
  readonly missedInHundred: number;
  readonly wrongAPicture: number;
}

const measured: readonly (readonly [missed: number, wrong: number])[] = [
  [19.0, 0.37],
  [18.2, 0.43],
  [17.1, 0.51],
  [16.1, 0.57],
  [15.2, 0.68],
  [14.1, 0.83],
  [13.2, 1.0],
  [12.2, 1.2],
  [10.7, 1.49],
  [9.6, 1.9],
  [8.1, 2.89],
  [6.0, 5.18],
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
