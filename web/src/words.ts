// The page's words, for any component under the App.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Messages, messages } from "./messages";

export const Words = createContext<Messages>(messages.en);

export function useWords(): Messages {
  return useContext(Words);
}
