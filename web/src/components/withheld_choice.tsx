// Looking again found something: the two ways on from there, beside correcting the plan by hand.
import { facesIn, type Finding } from "../second_look";
import { useWords } from "../words";

interface WithheldChoiceProps {
  findings: readonly Finding[];
  onHideFound: () => void;
  onAccept: () => void;
}

export function WithheldChoice({ findings, onHideFound, onAccept }: WithheldChoiceProps) {
  const words = useWords();
  return (
    <>
      {facesIn(findings).length > 0 && (
        <button type="button" class="button button--primary" onClick={onHideFound}>
          {words.hideFound}
        </button>
      )}
      <button type="button" class="button" onClick={onAccept}>
        {words.acceptFound}
      </button>
    </>
  );
}
