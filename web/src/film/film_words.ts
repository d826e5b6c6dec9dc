// What the page says about films, in both languages. A sentence that one language lacks does not
// compile.
import { messages } from "../messages";
import { useWords } from "../words";
import type { FilmJob } from "./film_api";
import type { VoiceMode } from "./sound";

export interface FilmMessages {
  films: (count: number) => string;
  sending: string;
  stages: Record<"waiting" | "find" | "hide" | "look_again" | "finished", string>;
  rate: (perSecond: number) => string;
  left: (seconds: number) => string;
  progressOf: (name: string) => string;
  ready: string;
  tracks: (hidden: number, kept: number) => string;
  noTrack: string;
  lookedAgain: (findings: number) => string;
  outdated: string;
  cancel: string;
  cancelOf: (name: string) => string;
  downloadFilm: string;
  downloadAnimation: string;
  animation: (pictures: number) => string;
  copied: (pictures: number, all: number) => string;
  reportOf: (name: string) => string;
  report: string;
  addedFromNow: string;
  waitingBehind: (films: number) => string;
  interrupted: string;
  earlierTitle: string;
  earlierLead: string;
  earlierStates: Record<FilmJob["state"], string>;

  sound: string;
  voices: Record<VoiceMode, string>;
  /** What each promises, and what it does not. */
  voiceClaims: Record<VoiceMode, string>;
  sounds: (count: number) => string;
  soundsLead: string;
  changeVoices: string;
  changingVoices: string;
  downloadSound: string;
  copyClean: string;
  copyCleanHint: string;
  silenceFromHere: string;
  silenceBegun: (clock: string) => string;
  silenceToHere: string;
  bleepToHere: string;
  silenceName: (from: string, to: string, bleep: boolean) => string;
  silenceRemove: string;
  silences: string;

  back: string;
  views: Record<"before" | "after", string>;
  beforeHint: string;
  loading: string;
  noFrame: string;
  pictureAt: (name: string, clock: string, before: boolean) => string;
  moment: string;
  momentNow: (clock: string, whole: string) => string;
  steps: Record<"secondBack" | "back" | "on" | "secondOn", string>;
  weakest: (count: number) => string;
  noWeak: string;
  timeline: string;
  trackName: (index: number) => string;
  barLabel: (name: string, kind: string, hidden: boolean, from: string, to: string) => string;
  unseenTimes: (stretches: number) => string;
  weakMark: string;
  faceOf: (name: string) => string;
  newFace: string;
  newFaceHint: string;
  following: string;
  split: string;
  beginHere: string;
  endHere: string;
  mergeWith: string;
  choose: string;
  selectHint: string;
  tracksIn: (hidden: number, kept: number) => string;
  keepTrack: string;
  hideTrack: string;
  deleteTrack: string;
  trackNote: (from: string, to: string) => string;
  onlyNow: (count: number) => string;
  apply: string;
  applying: (percent: number) => string;
  upToDate: string;
  changedSince: string;
  keysTitle: string;
  keys: readonly (readonly [string, string])[];
}

const en: FilmMessages = {
  films: (count) => (count === 1 ? "1 film" : `${count} films`),
  sending: "Handing the film to the program",
  stages: {
    waiting: "Waiting its turn",
    find: "Finding faces",
    hide: "Hiding faces",
    look_again: "Looking again",
    finished: "Done",
  },
  rate: (perSecond) => `${perSecond.toFixed(1)} pictures a second`,
  left: (seconds) =>
    seconds < 90 ? `about ${Math.ceil(seconds)} s left` : `about ${Math.ceil(seconds / 60)} min left`,
  progressOf: (name) => `Progress of ${name}`,
  ready: "Ready",
  tracks: (hidden, kept) =>
    `${hidden === 1 ? "1 track" : `${hidden} tracks`} hidden, ${kept} kept (a person may have several)`,
  noTrack: "No face found. Please look through the film yourself.",
  lookedAgain: (findings) =>
    findings === 0
      ? "Looked again at the weakest moments and five times a second, and found no face in sight."
      : `Looked again: ${findings} ${findings === 1 ? "thing" : "things"} should not be there. The report says what and when; please look before you pass it on.`,
  outdated: "Corrected since; hide again to get it",
  cancel: "Cancel",
  cancelOf: (name) => `Cancel ${name}`,
  downloadFilm: "Download film",
  downloadAnimation: "Download animation",
  animation: (pictures) =>
    `An animation of ${pictures} pictures: all of them were worked on, and it stays one.`,
  copied: (pictures, all) =>
    `${pictures} of ${all} pictures, in which nothing is hidden, are taken over as they were coded.`,
  reportOf: (name) => `Report on ${name}`,
  report: "Report",
  addedFromNow:
    "“How to hide” and what is chosen here hold for films that you add from now on. While it is worked on and reviewed, a film lies on the program’s disk, in a file without a name. You may close or reload this page: the program goes on, and keeps the hidden film for a limited time.",
  waitingBehind: (films) => (films === 1 ? "1 film before it" : `${films} films before it`),
  interrupted: "The program ended before this film was done. Please add it again.",
  earlierTitle: "Films from before",
  earlierLead: "The program still has these films, begun in this browser.",
  earlierStates: {
    queued: "waiting its turn",
    running: "being worked on",
    review: "hidden, and open for a review",
    done: "hidden",
    failed: "failed",
    cancelled: "cancelled",
    interrupted: "cut off: the program ended before it was done",
  },

  sound: "Sound",
  voices: {
    keep: "Keep as it is",
    mute: "No sound",
    disguise: "Disguise voices",
    robot: "Robot voices",
  },
  voiceClaims: {
    keep: "Voices are as they were: whoever knows one recognises it.",
    mute: "All of it is silent: no voice is left. Nothing else hides a voice for certain.",
    disguise:
      "Pitch and colour of voices are changed: a disguise against listeners only. Machines can still recognise the speaker, and every word, name and background sound stays.",
    robot:
      "Melody and fine sound of voices are gone, but this is no protection: machines may still recognise the speaker, and every word, name and background sound stays.",
  },
  sounds: (count) => (count === 1 ? "1 sound file" : `${count} sound files`),
  soundsLead:
    "Only the voices of a sound file are changed, whole files at a time; tags and pictures are dropped. Stretches are silenced on the command line or over HTTP.",
  changeVoices: "Change the voices",
  changingVoices: "Changing the voices…",
  downloadSound: "Download sound",
  copyClean: "Copy stretches without faces",
  copyCleanHint:
    "Where nothing is hidden, coded pictures are taken over as they are, if the film allows it (H.264): quicker, and nothing is lost there.",
  silenceFromHere: "Silence a stretch from here",
  silenceBegun: (at) => `Stretch begun at ${at}: go to its other end.`,
  silenceToHere: "Silent to here",
  bleepToHere: "Bleep to here",
  silenceName: (from, to, bleep) => `${bleep ? "Bleep" : "Silent"} from ${from} to ${to}`,
  silenceRemove: "Remove",
  silences: "Silenced",

  back: "Back to the pictures and films",
  views: { before: "Original", after: "Hidden" },
  beforeHint: "This is the film as it came, with the faces in sight.",
  loading: "Fetching the picture…",
  noFrame: "This picture cannot be shown.",
  pictureAt: (name, at, before) => `${name} at ${at}, ${before ? "original" : "hidden"}`,
  moment: "Moment of the film",
  momentNow: (at, whole) => `${at} of ${whole}`,
  steps: {
    secondBack: "One second back",
    back: "One picture back",
    on: "One picture on",
    secondOn: "One second on",
  },
  weakest: (count) => `Next weak moment (${count})`,
  noWeak: "No weak moment",
  timeline: "Tracks over time",
  trackName: (index) => `Track ${index}`,
  barLabel: (name, kind, hidden, from, to) =>
    `${name}, ${hidden ? `${kind}, hidden` : kind} from ${from} to ${to}`,
  unseenTimes: (stretches) =>
    stretches === 1 ? "not seen at one stretch of it" : `not seen at ${stretches} stretches of it`,
  weakMark: "not seen there, only reckoned",
  faceOf: (name) => `${name}, hidden`,
  newFace: "New box",
  newFaceHint:
    "Draw a box over the face. It is followed both ways until it is lost; then look through, move the ends, and the box where it is off.",
  following: "Following what is in the box…",
  split: "Split here",
  beginHere: "Begin here",
  endHere: "End here",
  mergeWith: "Join with",
  choose: "choose…",
  selectHint: "Choose a track to change it.",
  tracksIn: (hidden, kept) =>
    `${hidden === 1 ? "1 track" : `${hidden} tracks`} hidden, ${kept} kept visible`,
  keepTrack: "Keep all along",
  hideTrack: "Hide all along",
  deleteTrack: "Delete the track",
  trackNote: (from, to) =>
    `One face’s way through the film, from ${from} to ${to}. Keeping or hiding holds for all of it. The same person may have further tracks; nobody is recognised.`,
  onlyNow: (count) => `Only tracks of this moment (${count})`,
  apply: "Hide again",
  applying: (percent) => `Hiding… ${percent}%`,
  upToDate: "The film is hidden as shown here.",
  changedSince: "Your corrections are stored, but not in the finished film yet.",
  keysTitle: "Keys",
  keys: [
    [", .", "one picture back, on"],
    ["< >", "one second back, on"],
    ["W", "next weak moment"],
    ["N", "new box in the middle"],
    ["K", "keep or hide the track"],
    ["M", "begin a silent stretch, end it"],
    ["S", "split the track here"],
    ["I / O", "begin, end the track here"],
    ["B", "original or hidden"],
    ["Arrows", "move the box (with Shift: resize)"],
    ["Delete", "delete the track"],
    ["Ctrl+Z / Ctrl+Y", "undo, redo"],
    ["Esc", "back"],
  ],
};

const zh: FilmMessages = {
  films: (count) => `${count} 个视频`,
  sending: "正在把视频交给程序",
  stages: { waiting: "等待中", find: "正在查找人脸", hide: "正在遮挡人脸", look_again: "正在复查", finished: "完成" },
  rate: (perSecond) => `每秒 ${perSecond.toFixed(1)} 帧`,
  left: (seconds) =>
    seconds < 90 ? `大约还需 ${Math.ceil(seconds)} 秒` : `大约还需 ${Math.ceil(seconds / 60)} 分钟`,
  progressOf: (name) => `${name} 的进度`,
  ready: "已完成",
  tracks: (hidden, kept) => `遮挡 ${hidden} 条轨迹，保留 ${kept} 条（一个人可能有几条）`,
  noTrack: "没有找到人脸。请自己把视频看一遍。",
  lookedAgain: (findings) =>
    findings === 0
      ? "已复查最薄弱之处，并每秒抽查五次，没有发现露出的人脸。"
      : `复查发现 ${findings} 处不该有的内容。报告写明了内容和时间；转发之前请先查看。`,
  outdated: "之后又有修改；重新遮挡后才会生效",
  cancel: "取消",
  cancelOf: (name) => `取消 ${name}`,
  downloadFilm: "下载视频",
  downloadAnimation: "下载动图",
  animation: (pictures) => `这是动图，共 ${pictures} 帧：每一帧都已处理，格式不变。`,
  copied: (pictures, all) => `共 ${all} 帧，其中 ${pictures} 帧没有遮挡，照搬了原有的编码。`,
  reportOf: (name) => `${name} 的报告`,
  report: "报告",
  addedFromNow:
    "“遮挡方式”和此处的选择对之后添加的视频生效。处理和检查期间，视频存放在程序所在磁盘上的无名文件中。可以关闭或刷新本页：程序会继续工作，并在限定时间内保留遮挡后的视频。",
  waitingBehind: (films) => `前面还有 ${films} 个视频`,
  interrupted: "程序在处理完这个视频之前就结束了。请重新添加。",
  earlierTitle: "之前的视频",
  earlierLead: "以下视频由本浏览器发起，仍在程序中。",
  earlierStates: {
    queued: "等待中",
    running: "正在处理",
    review: "已遮挡，可以检查",
    done: "已遮挡",
    failed: "失败",
    cancelled: "已取消",
    interrupted: "已中断：程序在完成之前就结束了",
  },

  sound: "声音",
  voices: { keep: "保持原样", mute: "去掉声音", disguise: "人声伪装", robot: "机器人声" },
  voiceClaims: {
    keep: "人声保持原样：认识的人能听出是谁。",
    mute: "全部静音，不留下任何人声。只有这样才能确保隐去人声。",
    disguise:
      "改变人声的音高和音色，只能让听的人不易辨认。机器仍能认出说话的人；每个词、名字和背景声都还在。",
    robot:
      "去掉人声的语调和细微音色，但这不是保护：机器仍可能认出说话的人；每个词、名字和背景声都还在。",
  },
  sounds: (count) => `${count} 个声音文件`,
  soundsLead: "声音文件只改变人声，每次处理整个文件；标签和附带的图片会去掉。如需只对一段消声，请用命令行或 HTTP 接口。",
  changeVoices: "改变人声",
  changingVoices: "正在改变人声……",
  downloadSound: "下载声音",
  copyClean: "照搬没有人脸的片段",
  copyCleanHint: "没有遮挡之处照搬原有的编码（限 H.264，视视频而定）：更快，且画质无损。",
  silenceFromHere: "从此处起消声",
  silenceBegun: (at) => `消声从 ${at} 开始：请转到另一端。`,
  silenceToHere: "到此处静音",
  bleepToHere: "到此处用提示音盖住",
  silenceName: (from, to, bleep) => `${bleep ? "提示音" : "静音"}：${from} 至 ${to}`,
  silenceRemove: "移除",
  silences: "消声",

  back: "返回图片和视频",
  views: { before: "原片", after: "已遮挡" },
  beforeHint: "这是未经处理的视频，人脸可见。",
  loading: "正在取画面……",
  noFrame: "无法显示这一帧。",
  pictureAt: (name, at, before) => `${name}，${at}，${before ? "原片" : "已遮挡"}`,
  moment: "视频的时刻",
  momentNow: (at, whole) => `${at} / ${whole}`,
  steps: {
    secondBack: "后退一秒",
    back: "上一帧",
    on: "下一帧",
    secondOn: "前进一秒",
  },
  weakest: (count) => `下一个薄弱时刻（${count}）`,
  noWeak: "没有薄弱时刻",
  timeline: "各轨迹的时间",
  trackName: (index) => `轨迹 ${index}`,
  barLabel: (name, kind, hidden, from, to) =>
    `${name}，${hidden ? `${kind}，遮挡` : kind}，从 ${from} 到 ${to}`,
  unseenTimes: (stretches) => `其中 ${stretches} 段没有看到`,
  weakMark: "此处没有看到，只是推算",
  faceOf: (name) => `${name}，已遮挡`,
  newFace: "新方框",
  newFaceHint:
    "在人脸上画一个方框。程序会向前、向后跟踪，直到跟丢为止；请随后看一遍，必要时调整起止时刻和方框。",
  following: "正在跟踪方框中的内容……",
  split: "在此分开",
  beginHere: "由此开始",
  endHere: "到此结束",
  mergeWith: "与之合并",
  choose: "请选择……",
  selectHint: "选择一条轨迹即可修改。",
  tracksIn: (hidden, kept) => `遮挡 ${hidden} 条轨迹，保留 ${kept} 条可见`,
  keepTrack: "全程保留",
  hideTrack: "全程遮挡",
  deleteTrack: "删除轨迹",
  trackNote: (from, to) =>
    `这是一张人脸在视频中经过的全程，从 ${from} 到 ${to}；保留或遮挡对全程生效。同一个人可能还有其他轨迹；程序不识别任何人。`,
  onlyNow: (count) => `只看此刻的轨迹（${count}）`,
  apply: "重新遮挡",
  applying: (percent) => `正在遮挡…… ${percent}%`,
  upToDate: "视频已按此处所示遮挡。",
  changedSince: "修改已保存，但尚未写入成片。",
  keysTitle: "按键",
  keys: [
    [", .", "上一帧、下一帧"],
    ["< >", "后退、前进一秒"],
    ["W", "下一个薄弱时刻"],
    ["N", "在中间加新方框"],
    ["K", "保留或遮挡该轨迹"],
    ["M", "消声开始、结束"],
    ["S", "在此分开轨迹"],
    ["I / O", "轨迹由此开始、到此结束"],
    ["B", "原片或已遮挡"],
    ["方向键", "移动方框（按住 Shift：改变大小）"],
    ["Delete", "删除轨迹"],
    ["Ctrl+Z / Ctrl+Y", "撤销、重做"],
    ["Esc", "返回"],
  ],
};

export function useFilmWords(): FilmMessages {
  return useWords() === messages.zh ? zh : en;
}
