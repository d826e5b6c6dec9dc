// Says where the pictures go, and says it truly: when the page comes from another computer, they go
// to that one.
import { useWords } from "../words";
import { LockIcon } from "./icons";

export function TrustLine() {
  const words = useWords();
  const host = location.hostname;
  return (
    <p class="trust">
      <LockIcon />
      <span>{isThisComputer(host) ? words.trustHere : words.trustHost(host)}</span>
    </p>
  );
}

function isThisComputer(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}
