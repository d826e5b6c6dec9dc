// What looking again looked for in all pictures, and what it found.
import type { Picture } from "../picture";
import { checks, talliesOf } from "../second_look";
import { useWords } from "../words";
import { withheldSentence } from "./download_all";

export function SecondLookList({ pictures }: { pictures: readonly Picture[] }) {
  const words = useWords();
  const results = pictures.flatMap(({ result, state }) =>
    result && state === "done" ? [result] : [],
  );
  const withheld = pictures.filter(({ findings }) => findings.length > 0);
  const added = pictures.reduce((sum, picture) => sum + picture.added, 0);
  const tallies = talliesOf(results);
  return (
    <>
      {results.length > 0 && (
        <ul class="checks" aria-label={words.checksOf(results.length)}>
          {checks.map((check) => {
            const { clean, found, not_checked } = tallies[check];
            return (
              <li key={check} class="finding">
                <span class={found > 0 ? "fate fate--found" : "fate fate--dropped"}>
                  {words.checkSaid(clean, found, not_checked)}
                </span>{" "}
                {words.checks[check]}
              </li>
            );
          })}
        </ul>
      )}
      {added > 0 && <p>{words.addedByLookingAgain(added)}</p>}
      {withheld.map(({ id, name, findings }) => (
        <section key={id} class="findings">
          <h4 class="findings-name">{name}</h4>
          <p>{withheldSentence(findings, words)}</p>
        </section>
      ))}
    </>
  );
}
