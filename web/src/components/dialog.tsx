// A window over the page: the browser's own, which keeps the focus in and closes with Esc.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../words";
import { IconButton } from "./icon_button";
import { CloseIcon } from "./icons";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: DialogProps) {
  const words = useWords();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => element.current?.showModal(), []);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby="dialog-title"
      onClose={onClose}
      // A press beside the window.
      onClick={(event) => event.target === element.current && element.current?.close()}
    >
      <div class="dialog-inner">
        <div class="dialog-head">
          <h2 class="dialog-title" id="dialog-title">
            {title}
          </h2>
          <IconButton
            label={words.close}
            icon={<CloseIcon />}
            onClick={() => element.current?.close()}
          />
        </div>
        {children}
      </div>
    </dialog>
  );
}
