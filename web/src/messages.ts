// Everything that the page says, in both languages, a file for each room of it. A sentence that one
// language lacks does not compile.
import type { Language } from "./language";
import * as batch from "./messages/batch";
import * as intake from "./messages/intake";
import * as page from "./messages/page";
import * as pictures from "./messages/pictures";
import * as review from "./messages/review";
import * as settings from "./messages/settings";
import * as sheet from "./messages/sheet";
import * as trust from "./messages/trust";

export interface Messages
  extends batch.BatchWords,
    intake.IntakeWords,
    page.PageWords,
    pictures.PicturesWords,
    review.ReviewWords,
    settings.SettingsWords,
    sheet.SheetWords,
    trust.TrustWords {}

const en: Messages = {
  ...batch.en,
  ...intake.en,
  ...page.en,
  ...pictures.en,
  ...review.en,
  ...settings.en,
  ...sheet.en,
  ...trust.en,
};

const zh: Messages = {
  ...batch.zh,
  ...intake.zh,
  ...page.zh,
  ...pictures.zh,
  ...review.zh,
  ...settings.zh,
  ...sheet.zh,
  ...trust.zh,
};

export const messages: Readonly<Record<Language, Messages>> = { en, zh };

/** What became of a picture, in words. */
export function outcome(words: Messages, faces: number): string {
  return faces > 0 ? words.facesHidden(faces) : words.noFace;
}
