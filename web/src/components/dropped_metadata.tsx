// What stands in the files beside the pictures, and what becomes of it. Asked for, because the
// program reads each file once more for it.
import { useState } from "preact/hooks";
import { type Finding, metadataOf } from "../api";
import type { Picture } from "../picture";
import { useWords } from "../words";

interface Found {
  readonly name: string;
  readonly findings: readonly Finding[] | null;
}

export function DroppedMetadata({ pictures }: { pictures: readonly Picture[] }) {
  const words = useWords();
  const [found, setFound] = useState<readonly Found[]>([]);
  const [asked, setAsked] = useState(false);
  const look = async () => {
    setAsked(true);
    for (const { name, original } of pictures) {
      if (!original) continue;
      const language = document.documentElement.lang;
      const findings = await metadataOf(original, language).catch(() => null);
      setFound((before) => [...before, { name, findings }]);
    }
  };
  return (
    <>
      <h3 class="dialog-part">{words.trustDropped}</h3>
      {!asked && (
        <button type="button" class="button" onClick={() => void look()}>
          {words.trustDroppedLook}
        </button>
      )}
      {found.map(({ name, findings }, i) => (
        <section key={i} class="findings">
          <h4 class="findings-name">{name}</h4>
          {findings === null && <p>{words.unknownProblem}</p>}
          {findings?.length === 0 && <p>{words.trustDroppedNone}</p>}
          <ul>
            {findings?.map((finding, n) => (
              <li key={n} class="finding">
                <span class={`fate fate--${finding.fate}`}>{words.fates[finding.fate]}</span>{" "}
                {finding.description}
                {finding.detail && ` (${finding.detail})`}, {words.bytes(finding.bytes)}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
