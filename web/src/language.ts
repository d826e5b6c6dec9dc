// Which language the page speaks: the person's last choice, or else the browser's first that we
// know.

export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];

/** For <html lang> and Accept-Language. */
export const languageTag: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };

const storageKey = "faceveil.language";

export function initialLanguage(): Language {
  return rememberedLanguage() ?? browserLanguage();
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage can be forbidden; then the choice holds until the page is closed.
  }
}

function rememberedLanguage(): Language | undefined {
  try {
    const remembered = localStorage.getItem(storageKey);
    return languages.find((language) => language === remembered);
  } catch {
    return undefined;
  }
}

function browserLanguage(): Language {
  const primary = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  return languages.find((language) => language === primary.find(isKnown)) ?? "en";
}

function isKnown(tag: string | undefined): boolean {
  return languages.some((language) => language === tag);
}
