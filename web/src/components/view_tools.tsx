// Undo, redo and how near the picture is: of a review of pictures and of films.
import { type StageView, wholePicture, zoomed } from "../stage_view";
import { useWords } from "../words";
import { FitIcon, MinusIcon, PlusIcon, RedoIcon, UndoIcon } from "./icons";
import { IconButton } from "./icon_button";

interface ViewToolsProps {
  canUndo: boolean;
  canRedo: boolean;
  onUndo: () => void;
  onRedo: () => void;
  view: StageView;
  onView: (view: StageView) => void;
}

export function ViewTools({ canUndo, canRedo, onUndo, onRedo, view, onView }: ViewToolsProps) {
  const words = useWords();
  return (
    <div class="review-group">
      <IconButton label={words.undo} disabled={!canUndo} onClick={onUndo} icon={<UndoIcon />} />
      <IconButton label={words.redo} disabled={!canRedo} onClick={onRedo} icon={<RedoIcon />} />
      <IconButton
        label={words.zoomOut}
        onClick={() => onView(zoomed(view, 1 / 1.5))}
        icon={<MinusIcon />}
      />
      <IconButton
        label={words.zoomIn}
        onClick={() => onView(zoomed(view, 1.5))}
        icon={<PlusIcon />}
      />
      <IconButton label={words.zoomFit} onClick={() => onView(wholePicture)} icon={<FitIcon />} />
    </div>
  );
}
