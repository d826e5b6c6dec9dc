// What the page says about films, in both languages. A sentence that one language lacks does not
// compile.
import { messages } from "../messages";
import { useWords } from "../words";

interface FilmMessages {
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
  reportOf: (name: string) => string;
  report: string;
  addedFromNow: string;
  imageIsVeil: string;
  keepVoice: string;
  voiceHint: string;

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
  barLabel: (name: string, kind: string, from: string, to: string) => string;
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
  reportOf: (name) => `Report on ${name}`,
  report: "Report",
  addedFromNow: "“How to hide” and the sound hold for films that you add from now on. While it is worked on and reviewed, a film lies on the program’s disk, in a file without a name.",
  imageIsVeil: "A picture of your own is not laid over faces in films: they get the veil.",
  keepVoice: "Keep the sound of films",
  voiceHint: "Voices are not changed: who knows one recognises it. Off: the film is silent.",

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
  barLabel: (name, kind, from, to) => `${name}, ${kind}, from ${from} to ${to}`,
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
  reportOf: (name) => `${name} 的报告`,
  report: "报告",
  addedFromNow: "“遮挡方式”和声音的选择对之后添加的视频生效。处理和检查期间，视频存放在程序所在磁盘上的无名文件中。",
  imageIsVeil: "视频中不用您自己的图片遮挡人脸，而用面纱。",
  keepVoice: "保留视频的声音",
  voiceHint: "人声不作改变：认识的人能听出来。关闭后视频没有声音。",

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
  barLabel: (name, kind, from, to) => `${name}，${kind}，从 ${from} 到 ${to}`,
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
