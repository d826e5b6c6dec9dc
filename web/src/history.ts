// What a person did to a plan, step by step, to be taken back and done again.

export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

const stepsMax = 200;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

export function step<T>({ past, present }: History<T>, next: T): History<T> {
  return { past: [...past, present].slice(-stepsMax), present: next, future: [] };
}

export function undo<T>(history: History<T>): History<T> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present,
    future: [history.present, ...history.future],
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future };
}
