// The head of a card: the file's name, and the way to remove it.
import { useWords } from "../words";
import { CloseIcon } from "./icons";

interface CardHeadProps {
  name: string;
  onRemove: () => void;
}

export function CardHead({ name, onRemove }: CardHeadProps) {
  const words = useWords();
  return (
    <div class="card-head">
      <h3 class="card-name" title={name}>
        {name}
      </h3>
      <button
        type="button"
        class="icon-button"
        aria-label={words.remove(name)}
        title={words.remove(name)}
        onClick={onRemove}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
