// Name of the program and choice of the language.
import iconUrl from "../icon.svg";
import { type Language, languages, languageTag } from "../language";
import { useWords } from "../words";

interface HeaderProps {
  language: Language;
  onLanguage: (language: Language) => void;
}

// Each language in its own words: who needs the switch may not read the other.
const ownName: Readonly<Record<Language, string>> = { en: "English", zh: "中文" };

export function Header({ language, onLanguage }: HeaderProps) {
  const words = useWords();
  return (
    <header class="header">
      <div class="brand">
        <img class="brand-icon" src={iconUrl} alt="" width="40" height="40" />
        <p class="brand-text">
          <span class="brand-name">
            FaceVeil <span lang="zh-CN">人脸隐私卫士</span>
          </span>
          <span class="brand-tagline">{words.tagline}</span>
        </p>
      </div>
      <div class="segments language-switch" role="group" aria-label={words.language}>
        {languages.map((choice) => (
          <button
            key={choice}
            type="button"
            class="segment"
            lang={languageTag[choice]}
            aria-pressed={choice === language}
            onClick={() => onLanguage(choice)}
          >
            {ownName[choice]}
          </button>
        ))}
      </div>
    </header>
  );
}
