// The picture that the effect `image` lays over faces.
import { useWords } from "../words";

interface CoverChoiceProps {
  cover: File | null;
  onCover: (file: File) => void;
}

export function CoverChoice({ cover, onCover }: CoverChoiceProps) {
  const words = useWords();
  const take = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // Without this, choosing the same file again, edited meanwhile, would be no change.
    input.value = "";
    if (file) onCover(file);
  };
  return (
    <label class="button cover-button">
      <input
        class="visually-hidden"
        type="file"
        accept="image/*,.heic,.heif,.avif,.tif,.tiff"
        onChange={(event) => take(event.currentTarget)}
      />
      {cover ? words.coverChange(cover.name) : words.coverChoose}
    </label>
  );
}
