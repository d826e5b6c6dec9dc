// The last word: what the program cannot promise.
import { useWords } from "../words";

export function Footer({ version }: { version: string }) {
  const words = useWords();
  return (
    <footer class="footer">
      <p>{words.footerCare}</p>
      {version && <p class="footer-version">{words.footerVersion(version)}</p>}
    </footer>
  );
}
