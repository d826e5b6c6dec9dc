// Keys, and what each does.
interface KeyListProps {
  keys: readonly (readonly [key: string, what: string])[];
}

export function KeyList({ keys }: KeyListProps) {
  return (
    <dl class="keys">
      {keys.map(([key, what]) => (
        <div key={key} class="keys-line">
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
