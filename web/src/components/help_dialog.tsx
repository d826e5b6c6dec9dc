// Help inside the page: the way of a picture, and the keys.
import { useWords } from "../words";
import { Dialog } from "./dialog";
import { KeyList } from "./key_list";
import { Legend } from "./legend";

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  return (
    <Dialog title={words.help} onClose={onClose}>
      <ol class="help-steps">
        {words.helpSteps.map(([name, text]) => (
          <li key={name} class="help-step">
            <strong>{name}</strong>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      <h3 class="dialog-part">{words.legend}</h3>
      <Legend />
      <h3 class="dialog-part">{words.keysTitle}</h3>
      <KeyList keys={words.keys} />
    </Dialog>
  );
}
