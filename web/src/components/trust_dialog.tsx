// What a person can see for themselves: what left the page, what was in the files, what each effect
// can promise.
import { useEffect, useState } from "preact/hooks";
import { type Trust, trustRecord } from "../api";
import { effects } from "../settings";
import type { Picture } from "../picture";
import { useWords } from "../words";
import { Dialog } from "./dialog";
import { DroppedMetadata } from "./dropped_metadata";
import { EffectSample } from "./effect_sample";
import { SecondLookList } from "./second_look_list";

interface TrustDialogProps {
  pictures: readonly Picture[];
  onClose: () => void;
}

export function TrustDialog({ pictures, onClose }: TrustDialogProps) {
  const words = useWords();
  const { asked, foreign } = requestsOfThisPage();
  const notes = [...new Set(pictures.flatMap(({ result }) => result?.notes ?? []))];
  return (
    <Dialog title={words.trust} onClose={onClose}>
      <p>{words.trustLead}</p>
      <h3 class="dialog-part">{words.trustLeft}</h3>
      <p>{words.trustAsked(asked, location.host)}</p>
      <p>{words.trustForeign(foreign)}</p>
      <ServerRecord />
      <h3 class="dialog-part">{words.trustChecked}</h3>
      <p>{words.trustCheckedText}</p>
      <SecondLookList pictures={pictures} />
      {notes.length > 0 && (
        <ul class="notes" aria-label={words.trustNotes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {pictures.length > 0 && <DroppedMetadata pictures={pictures} />}
      <h3 class="dialog-part">{words.trustEffects}</h3>
      <ul class="promises">
        {effects.map((effect) => (
          <li key={effect} class="promise">
            <EffectSample effect={effect} />
            <span>
              <strong>{words.effects[effect]}</strong> {words.effectClaims[effect]}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

// What the program counted itself. Nothing is claimed while it has not said so.
function ServerRecord() {
  const words = useWords();
  const [record, setRecord] = useState<Trust | null>(null);
  useEffect(() => {
    trustRecord().then(setRecord, () => undefined);
  }, []);
  if (!record) return null;
  const { loopback, network } = record.peers;
  return (
    <>
      <p>{words.trustRecord(words.bytes(loopback.sent_bytes), network.connections)}</p>
      <p>{words.trustOutgoing(record.outgoing_connections)}</p>
      <p>{words.trustOnDisk(record.originals_on_disk)}</p>
      {record.outgoing_forbidden && <p>{words.trustOffline}</p>}
    </>
  );
}

// The browser's own record of what this page asked for.
function requestsOfThisPage(): { asked: number; foreign: number } {
  const urls = [
    ...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource"),
  ]
    .map(({ name }) => name)
    .filter((name) => /^https?:/.test(name));
  const foreign = urls.filter((url) => new URL(url).origin !== location.origin).length;
  return { asked: urls.length - foreign, foreign };
}
