// What an earlier page left with the program, or one that was reloaded: batches, films.
import type { ComponentChildren } from "preact";
import { useWords } from "../words";
import { DownloadIcon } from "./icons";

interface EarlierListProps {
  titleId: string;
  title: string;
  lead: string;
  children: ComponentChildren;
}

export function EarlierList({ titleId, title, lead, children }: EarlierListProps) {
  return (
    <section class="earlier" aria-labelledby={titleId}>
      <h2 class="earlier-title" id={titleId}>
        {title}
      </h2>
      <p class="control-hint">{lead}</p>
      <ul class="earlier-list">{children}</ul>
    </section>
  );
}

interface EarlierItemProps {
  /** What its buttons are told apart by. */
  name: string;
  facts: readonly string[];
  /** Null: there is nothing to open. */
  onOpen: (() => void) | null;
  /** Null: nothing is done yet. */
  result: { readonly href: string; readonly file: string | undefined; readonly label: string } | null;
  onRemove: () => void;
}

export function EarlierItem({ name, facts, onOpen, result, onRemove }: EarlierItemProps) {
  const words = useWords();
  return (
    <li class="earlier-batch">
      <p class="batch-facts">{facts.filter(Boolean).join(" · ")}</p>
      <div class="batch-actions">
        {onOpen && (
          <button
            type="button"
            class="button button--small button--primary"
            aria-label={`${words.earlierOpen}: ${name}`}
            onClick={onOpen}
          >
            {words.earlierOpen}
          </button>
        )}
        {result && (
          <a
            class="button button--small"
            href={result.href}
            download={result.file}
            aria-label={`${result.label}: ${name}`}
          >
            <DownloadIcon /> {result.label}
          </a>
        )}
        <button
          type="button"
          class="button button--small button--quiet"
          aria-label={`${words.earlierDelete}: ${name}`}
          onClick={onRemove}
        >
          {words.earlierDelete}
        </button>
      </div>
    </li>
  );
}
