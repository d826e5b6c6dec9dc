// All results in one file, with report.json beside them: streamed by the program where it has them
// all in one job, else put together here.
import { archiveOf, type Entry, save } from "../archive";
import { distinctNames } from "../file_names";
import { zipAddress } from "../jobs";
import type { Messages } from "../messages";
import { bytesOf, type Picture, type Result } from "../picture";
import { reportOf } from "../report";
import { facesIn, type Finding } from "../second_look";
import { useWords } from "../words";
import type { Workshop } from "../workshop";
import { DownloadIcon } from "./icons";

export function DownloadAll({ workshop, version }: { workshop: Workshop; version: string }) {
  const words = useWords();
  const { pictures } = workshop;
  if (pictures.length < 2) return null;
  const done = pictures.filter(({ state, result }) => state === "done" && result);
  // While some are worked on, "all" would not be all.
  const working = pictures.some(({ state }) => state === "working");
  const job = workshop.wholeJob;
  if (job && !working && done.length > 0) {
    return (
      <a class="button button--primary" href={zipAddress(job, document.documentElement.lang)} download="faceveil.zip">
        <DownloadIcon />
        {words.downloadAll(done.length)}
      </a>
    );
  }
  const saveAll = async () =>
    save(await archiveOf(await entriesOf(workshop, done, version, words)), "faceveil.zip");
  return (
    <button
      type="button"
      class="button button--primary"
      disabled={working || done.length === 0}
      onClick={() => void saveAll()}
    >
      <DownloadIcon />
      {words.downloadAll(done.length)}
    </button>
  );
}

async function entriesOf(
  workshop: Workshop,
  done: readonly Picture[],
  version: string,
  words: Messages,
): Promise<Entry[]> {
  const results = done.map(({ result }) => result as Result);
  const names = distinctNames(results.map(({ fileName }) => fileName));
  const named = new Map(done.map(({ id }, i) => [id, names[i] ?? ""]));
  const report = await reportOf({
    version,
    pictures: workshop.pictures,
    planOf: (picture) => workshop.planOf(picture),
    names: named,
    problemOf: (picture) => problemSentence(picture, words),
  });
  const text = `${JSON.stringify(report, null, 2)}\n`;
  return [
    ...results.map((result, i) => ({ name: names[i] ?? "", file: () => bytesOf(result) })),
    { name: "report.json", file: async () => new Blob([text], { type: "application/json" }) },
  ];
}

/** Why a picture is not done. */
export function problemSentence(picture: Picture, words: Messages): string {
  const { problem, cancelled, findings } = picture;
  const state = picture.remote?.file.state;
  if (cancelled || state === "cancelled") return words.cancelled;
  if (state === "interrupted") return words.interrupted;
  if (findings.length > 0) return withheldSentence(findings, words);
  if (problem === null) return words.noAnswer;
  return problem || words.unknownProblem;
}

/** Why a picture that is hidden is not given. */
export function withheldSentence(findings: readonly Finding[], words: Messages): string {
  const details = findings.flatMap(({ detail }) => (detail ? [detail] : []));
  return words.withheldBecause(facesIn(findings).length, details);
}
