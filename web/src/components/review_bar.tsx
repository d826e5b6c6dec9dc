// The tools of a review.
import type { RefObject } from "preact";
import type { Picture } from "../picture";
import type { StageView } from "../stage_view";
import { useWords } from "../words";
import type { Workshop } from "../workshop";
import { BackIcon, EyeIcon, ForwardIcon, PlusIcon } from "./icons";
import { IconButton } from "./icon_button";
import type { Shown } from "./review_view";
import { Segments } from "./segments";
import { ViewTools } from "./view_tools";

interface ReviewBarProps {
  workshop: Workshop;
  picture: Picture;
  titleRef: RefObject<HTMLHeadingElement>;
  doubts: number;
  shown: Shown;
  onShown: (shown: Shown) => void;
  drawing: boolean;
  onDraw: (byKey: boolean) => void;
  view: StageView;
  onView: (view: StageView) => void;
  onNextDoubt: () => void;
  onGo: (id: number) => void;
  onBack: () => void;
}

export function ReviewBar(props: ReviewBarProps) {
  const { workshop, picture, shown, view } = props;
  const words = useWords();
  const ids = workshop.pictures.map(({ id }) => id);
  const at = ids.indexOf(picture.id);
  const [previous, next] = [ids[at - 1], ids[at + 1]];
  const { edits } = picture;
  const tracks = edits?.present.tracks ?? [];
  const kept = tracks.filter(({ decision }) => decision === "keep").length;
  return (
    <div class="review-bar">
      <div class="review-group review-group--title">
        <IconButton label={words.back} onClick={props.onBack} icon={<BackIcon />} />
        <div class="review-names">
          <h1 class="review-title" id="review-title" ref={props.titleRef} tabIndex={-1}>
            {picture.name}
          </h1>
          <p class="review-count">{words.facesIn(tracks.length - kept, kept)}</p>
        </div>
      </div>
      <div class="review-group">
        <IconButton
          label={words.previousPicture}
          disabled={previous === undefined}
          onClick={() => previous !== undefined && props.onGo(previous)}
          icon={<BackIcon small />}
        />
        <span class="review-place">
          {at + 1} / {ids.length}
        </span>
        <IconButton
          label={words.nextPicture}
          disabled={next === undefined}
          onClick={() => next !== undefined && props.onGo(next)}
          icon={<ForwardIcon />}
        />
      </div>
      <Segments
        label={words.view}
        choices={["before", "after"] as const}
        chosen={shown}
        textOf={(choice) => words.views[choice]}
        onChoose={props.onShown}
      />
      <ViewTools
        canUndo={!!edits?.past.length}
        canRedo={!!edits?.future.length}
        onUndo={() => workshop.undo(picture.id)}
        onRedo={() => workshop.redo(picture.id)}
        view={view}
        onView={props.onView}
      />
      <div class="review-group review-group--main">
        <button
          type="button"
          class="button"
          aria-pressed={props.drawing}
          onClick={(event) => props.onDraw(event.detail === 0)}
        >
          <PlusIcon /> {words.newFace}
        </button>
        <button
          type="button"
          class="button button--primary"
          disabled={props.doubts === 0}
          onClick={props.onNextDoubt}
        >
          <EyeIcon /> {props.doubts > 0 ? words.nextDoubtful(props.doubts) : words.noDoubtful}
        </button>
      </div>
    </div>
  );
}
