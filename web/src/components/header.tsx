// Name of the program and choice of the language.
import iconUrl from "../icon.svg";
import { type Language, languages, languageTag } from "../language";
import { useWords } from "../words";
import { IconButton } from "./icon_button";
import { HelpIcon, ShieldIcon } from "./icons";
import { Segments } from "./segments";

interface HeaderProps {
  language: Language;
  onLanguage: (language: Language) => void;
  onTrust: () => void;
  onHelp: () => void;
}

// Each language in its own words: who needs the switch may not read the other.
const ownName: Readonly<Record<Language, string>> = { en: "English", zh: "中文" };

export function Header({ language, onLanguage, onTrust, onHelp }: HeaderProps) {
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
      <div class="header-tools">
        <IconButton label={words.trust} icon={<ShieldIcon />} onClick={onTrust} />
        <IconButton label={words.help} icon={<HelpIcon />} onClick={onHelp} />
      </div>
      <Segments
        label={words.language}
        choices={languages}
        chosen={language}
        textOf={(choice) => ownName[choice]}
        langOf={(choice) => languageTag[choice]}
        onChoose={onLanguage}
        look="language-switch"
      />
    </header>
  );
}
