// Everything that the page says, in both languages. A sentence that one language lacks does not
// compile.
import type { Language } from "./language";
import type { Check } from "./second_look";
import type { Effect, SensitivityLevel, Shape } from "./settings";

export interface Messages {
  title: string;
  tagline: string;
  headline: string;
  lead: string;
  trustHere: string;
  trustHost: (host: string) => string;
  language: string;

  dropHere: string;
  dropMore: string;
  dropAnywhere: string;
  choose: string;
  chooseMore: string;
  orPaste: string;
  formats: string;

  options: string;
  effect: string;
  effects: Record<Effect, string>;
  effectClaims: Record<Effect, string>;
  blurWarning: string;
  coverChoose: string;
  coverChange: (name: string) => string;
  shape: string;
  shapes: Record<Shape, string>;
  sensitivity: string;
  sensitivityLevels: Record<SensitivityLevel, string>;
  sensitivityFew: string;
  sensitivityMany: string;
  frame: string;
  frameHint: string;

  pictures: (count: number) => string;
  lookAgain: (count: number) => string;
  downloadAll: (count: number) => string;
  removeAll: string;

  processing: string;
  waitingTurn: string;
  sending: string;
  hiding: string;
  receiving: string;
  progressOf: (name: string) => string;
  done: string;
  facesHidden: (count: number) => string;
  noFace: string;
  noFaceAdvice: string;
  lookHarder: string;

  original: string;
  hidden: string;
  noChange: string;
  compare: (name: string) => string;
  originalShown: (percent: number) => string;
  originalNotShowable: string;
  originalOf: (name: string) => string;
  resultOf: (name: string) => string;

  download: string;
  downloadOf: (file: string) => string;
  remove: (name: string) => string;

  failed: string;
  noAnswer: string;
  unknownProblem: string;
  retry: string;
  retryOf: (name: string) => string;
  withheld: string;
  withheldBecause: (faces: number, details: readonly string[]) => string;
  hideFound: string;
  acceptFound: string;

  announceDone: (name: string, outcome: string) => string;
  announceFailed: (name: string, problem: string) => string;

  reviewTitle: (name: string) => string;
  review: string;
  reviewOf: (name: string) => string;
  back: string;
  previousPicture: string;
  nextPicture: string;
  nextDoubtful: (count: number) => string;
  noDoubtful: string;
  undo: string;
  redo: string;
  newFace: string;
  newFaceHint: string;
  zoomIn: string;
  zoomOut: string;
  zoomFit: string;
  view: string;
  views: Record<"before" | "after", string>;
  legend: string;
  kinds: Record<"certain" | "doubtful" | "hand" | "kept", string>;
  facesIn: (hidden: number, kept: number) => string;
  faceLabel: (index: number, count: number, kind: string, hidden: boolean) => string;
  faceName: (index: number) => string;
  sure: (percent: number) => string;
  keepThis: string;
  hideThis: string;
  confirmThis: string;
  deleteThis: string;
  keepNote: string;
  updating: string;
  upToDate: string;
  stage: string;
  noPlanYet: string;
  keysTitle: string;
  keys: readonly (readonly [string, string])[];

  sheet: string;
  sheetLead: string;
  sheetOrder: string;
  sheetOrders: Record<"doubtFirst" | "sureFirst", string>;
  sheetEmpty: string;
  sheetToggle: (face: string, picture: string, hidden: boolean) => string;
  hiddenShort: string;
  keptShort: string;
  openInReview: (picture: string) => string;

  costAt: (missed: number, wrong: number) => string;
  costSource: string;

  batchTitle: string;
  batchOf: (done: number, total: number) => string;
  batchRate: (perMinute: number) => string;
  batchLeft: (seconds: number) => string;
  batchPaused: string;
  batchKept: string;
  pause: string;
  resume: string;
  cancelRest: string;
  retryAll: (count: number) => string;
  notDoneCount: (count: number) => string;
  cancelled: string;
  interrupted: string;
  cancel: string;
  cancelOf: (name: string) => string;
  earlierTitle: string;
  earlierLead: string;
  earlierFacts: (total: number, done: number, failed: number) => string;
  earlierUntil: (time: Date) => string;
  earlierOpen: string;
  earlierDownload: string;
  earlierDelete: string;
  chooseFolder: string;
  show: string;
  filters: Record<"all" | "doubtful" | "failed", string>;

  trust: string;
  trustLead: string;
  trustLeft: string;
  trustAsked: (count: number, host: string) => string;
  trustForeign: (count: number) => string;
  trustOffline: string;
  trustRecord: (sent: string, network: number) => string;
  trustOutgoing: (count: number) => string;
  trustOnDisk: (count: number) => string;
  trustChecked: string;
  trustCheckedText: string;
  trustNotes: string;
  checks: Record<Check, string>;
  checksOf: (pictures: number) => string;
  checkSaid: (clean: number, found: number, unchecked: number) => string;
  addedByLookingAgain: (faces: number) => string;
  trustDropped: string;
  trustDroppedLook: string;
  trustDroppedNone: string;
  fates: Record<"kept" | "rewritten" | "dropped", string>;
  trustEffects: string;
  bytes: (count: number) => string;
  close: string;

  help: string;
  helpSteps: readonly (readonly [string, string])[];

  camera: string;
  cameraLead: string;
  cameraTake: string;
  cameraLive: string;
  cameraLiveShown: string;
  cameraLiveHint: string;
  cameraNone: string;
  cameraPicture: (n: number) => string;

  footerCare: string;
  footerVersion: (version: string) => string;
}

function clockTime(time: Date, language: string): string {
  return time.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

const en: Messages = {
  title: "FaceVeil: hide the faces in your photos",
  tagline: "Face privacy, on your own computer",
  headline: "Hide every face. Keep the picture.",
  lead: "Drop a photo and a copy with the faces hidden is ready a moment later.",
  trustHere: "Everything happens on this computer. Nothing is sent to the internet.",
  trustHost: (host) =>
    `Your pictures go only to the computer ${host}, which runs FaceVeil. It writes none of them to its disk.`,
  language: "Language",

  dropHere: "Drop photos here",
  dropMore: "Drop more photos",
  dropAnywhere: "Let go to hide the faces",
  choose: "Choose photos",
  chooseMore: "Add photos",
  orPaste: "or paste a picture with Ctrl+V",
  formats: "JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF, BMP",

  options: "How to hide",
  effect: "Effect",
  effects: {
    veil: "Veil",
    solid: "Solid",
    emoji: "Emoji",
    image: "Picture",
    mosaic: "Mosaic",
    blur: "Blur",
  },
  effectClaims: {
    veil: "Soft, and painted without looking at the face: nothing of it is left.",
    solid: "One plain colour: nothing of the face is left.",
    emoji: "A drawn face with a veil around it: nothing of the real one is left.",
    image: "Your own picture with a veil around it: nothing of the face is left.",
    mosaic: "At most 6 × 6 coarse tiles: little of the face is left.",
    blur: "The classic look, but machines can often undo it.",
  },
  blurWarning: "Reversible",
  coverChoose: "Choose the picture to lay over faces",
  coverChange: (name) => `Change the picture (${name})`,
  shape: "Shape",
  shapes: { ellipse: "Ellipse", rectangle: "Rectangle" },
  sensitivity: "Sensitivity",
  sensitivityLevels: {
    clearFaces: "Only clear faces",
    balanced: "Balanced",
    everySuspicion: "Every suspicion",
  },
  sensitivityFew: "Fewer",
  sensitivityMany: "More",
  frame: "Green frame",
  frameHint: "Marks each hidden place, so that you can check them.",

  pictures: (count) => (count === 1 ? "1 picture" : `${count} pictures`),
  lookAgain: (count) => `${count} without a face: please look`,
  downloadAll: (count) => `Download all (${count})`,
  removeAll: "Remove all",

  processing: "Processing…",
  waitingTurn: "Waiting its turn",
  sending: "Reading the picture",
  hiding: "Finding and hiding faces",
  receiving: "Fetching the result",
  progressOf: (name) => `Progress of ${name}`,
  done: "Done",
  facesHidden: (count) => (count === 1 ? "1 face hidden" : `${count} faces hidden`),
  noFace: "No face found; the picture is unchanged",
  noFaceAdvice: "Please look at it yourself. If there is a face, search more sensitively.",
  lookHarder: "Search more sensitively",

  original: "Original",
  hidden: "Hidden",
  noChange: "Unchanged",
  compare: (name) => `Compare before and after: ${name}`,
  originalShown: (percent) => `${percent}% original`,
  originalNotShowable: "This browser cannot show the original’s format.",
  originalOf: (name) => `Original of ${name}`,
  resultOf: (name) => `Result for ${name}`,

  download: "Download",
  downloadOf: (file) => `Download ${file}`,
  remove: (name) => `Remove ${name}`,

  failed: "Not done",
  noAnswer: "FaceVeil does not answer. Is it still running?",
  unknownProblem: "Something went wrong with this picture.",
  retry: "Try again",
  retryOf: (name) => `Try again: ${name}`,
  withheld: "Please decide",
  withheldBecause: (faces, details) => {
    const seen = faces === 1 ? "a face in sight" : `${faces} faces in sight`;
    const found = [...(faces > 0 ? [seen] : []), ...details];
    return `Looking again at the hidden picture found ${found.join("; ")}, so there is no result yet.`;
  },
  hideFound: "Hide that too",
  acceptFound: "Take it as it is",

  announceDone: (name, outcome) => `${name}: ${outcome}.`,
  announceFailed: (name, problem) => `${name} is not done: ${problem}`,

  reviewTitle: (name) => `Review ${name}`,
  review: "Review",
  reviewOf: (name) => `Review ${name}`,
  back: "Back to the pictures",
  previousPicture: "Previous picture",
  nextPicture: "Next picture",
  nextDoubtful: (count) => `Next doubtful (${count})`,
  noDoubtful: "Nothing doubtful is left",
  undo: "Undo",
  redo: "Redo",
  newFace: "New face",
  newFaceHint: "Drag over a face that was missed, or move the new box with the arrow keys.",
  zoomIn: "Closer",
  zoomOut: "Farther",
  zoomFit: "Whole picture",
  view: "What is shown",
  views: { before: "Before", after: "After" },
  legend: "What the boxes mean",
  kinds: { certain: "Certain", doubtful: "Doubtful", hand: "By hand", kept: "Kept visible" },
  facesIn: (hidden, kept) => `${hidden} hidden, ${kept} kept`,
  faceLabel: (index, count, kind, hidden) =>
    `Face ${index} of ${count}, ${kind}, ${hidden ? "hidden" : "kept visible"}`,
  faceName: (index) => `Face ${index}`,
  sure: (percent) => `${percent}% sure`,
  keepThis: "Keep this one",
  hideThis: "Hide this one",
  confirmThis: "Right as it is",
  deleteThis: "Delete the box",
  keepNote: "Keeping goes by place only. Nobody is recognised.",
  updating: "Working out the new result…",
  upToDate: "This is the file you will download",
  stage: "Picture with its boxes",
  noPlanYet: "The faces are still being looked for.",
  keysTitle: "Keys",
  keys: [
    ["Tab", "next face"],
    ["Space", "hide or keep"],
    ["Enter", "right as it is"],
    ["Arrow keys", "move the box"],
    ["Shift + arrow keys", "change its size"],
    ["N", "new face"],
    ["Delete", "delete the box"],
    ["D", "next doubtful face"],
    ["B", "before or after"],
    ["+  −  0", "closer, farther, whole picture"],
    ["Ctrl + Z, Ctrl + Y", "undo, redo"],
    ["Esc", "back to the pictures"],
  ],

  sheet: "All faces",
  sheetLead: "Every face of every picture. Press one to keep it visible, press again to hide it.",
  sheetOrder: "Order",
  sheetOrders: { doubtFirst: "Least sure first", sureFirst: "Surest first" },
  sheetEmpty: "No faces yet.",
  sheetToggle: (face, picture, hidden) =>
    `${face} in ${picture}: ${hidden ? "hidden" : "kept visible"}`,
  hiddenShort: "Hidden",
  keptShort: "Kept",
  openInReview: (picture) => `Review ${picture}`,

  costAt: (missed, wrong) =>
    `Misses about ${missed} in 100 faces, marks about ${wrong} wrong ${wrong === 1 ? "place" : "places"} a picture.`,
  costSource: "Measured on hard pictures: small, masked and crowded faces.",

  batchTitle: "Progress of all pictures",
  batchOf: (done, total) => `${done} of ${total} done`,
  batchRate: (perMinute) => `${perMinute} a minute`,
  batchLeft: (seconds) =>
    seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`,
  batchPaused: "Paused",
  batchKept:
    "You may close or reload this page: the program goes on by itself, and you find the results when you come back. It keeps them for a limited time, and the originals only in its memory, for the review. “Remove all” wipes both at once.",
  pause: "Pause",
  resume: "Go on",
  cancelRest: "Cancel the rest",
  retryAll: (count) => `Try ${count} again`,
  notDoneCount: (count) => `${count} not done`,
  cancelled: "Cancelled before it was done.",
  interrupted: "The program ended before this picture was done. Please add it again.",
  cancel: "Cancel",
  cancelOf: (name) => `Cancel ${name}`,
  earlierTitle: "Batches from before",
  earlierLead: "The program still has the results of these, begun in this browser.",
  earlierFacts: (total, done, failed) =>
    `${done} of ${total} ${total === 1 ? "picture" : "pictures"} done${failed > 0 ? `, ${failed} not done` : ""}`,
  earlierUntil: (time) => `kept until ${clockTime(time, "en")}`,
  earlierOpen: "Open",
  earlierDownload: "Download as ZIP",
  earlierDelete: "Delete",
  chooseFolder: "Choose a folder",
  show: "Show",
  filters: { all: "All", doubtful: "To check", failed: "Not done" },

  trust: "Privacy",
  trustLead: "What you need not take on trust, because you can see it here.",
  trustLeft: "What left this page",
  trustAsked: (count, host) => `${count} requests, all of them to ${host}, which runs FaceVeil.`,
  trustForeign: (count) => `${count} requests went to other computers.`,
  trustOffline:
    "The program itself has asked the kernel to refuse every outgoing connection: it can only answer.",
  trustRecord: (sent, network) =>
    `Its own record of its sockets: ${sent} sent to this computer, ${network} connections from others.`,
  trustOutgoing: (count) => `Connections that it opened to elsewhere: ${count}.`,
  trustOnDisk: (count) => `Files on its disk that could be one of your originals: ${count}.`,
  trustChecked: "What the program says of its work",
  trustCheckedText:
    "Only what the plan says is painted. Each picture is looked at again before it is given; what was found, and the digests of each file, are in report.json.",
  trustNotes: "Notes",
  checks: {
    faces: "Faces in sight",
    second_pictures: "Second pictures in the file",
    places: "Positions",
    stray_bytes: "Stray bytes",
    locality: "Changes outside what is hidden",
  },
  checksOf: (count) => `What looking again looked for, in ${count === 1 ? "1 picture" : `${count} pictures`}`,
  checkSaid: (clean, found, unchecked) =>
    [
      ...(found > 0 ? [`found in ${found}`] : []),
      ...(clean > 0 ? [`none in ${clean}`] : []),
      ...(unchecked > 0 ? [`not looked for in ${unchecked}`] : []),
    ].join(", "),
  addedByLookingAgain: (faces) =>
    `Looking again found ${faces === 1 ? "1 more face" : `${faces} more faces`}: hidden too, and marked to be checked.`,
  trustDropped: "What else was in the files",
  trustDroppedLook: "Look into the files",
  trustDroppedNone: "Nothing beside the picture.",
  fates: { kept: "kept", rewritten: "written anew", dropped: "dropped" },
  trustEffects: "What each effect can promise",
  bytes: (count) => (count < 2048 ? `${count} bytes` : `${Math.round(count / 1024)} KiB`),
  close: "Close",

  help: "Help",
  helpSteps: [
    [
      "Bring pictures",
      "Drop photos or a folder, choose them, paste one, or take one with the camera.",
    ],
    [
      "Check",
      "No program finds every face. Open Review on a picture, or All faces for the whole batch. Doubtful ones are hidden, and marked.",
    ],
    ["Correct", "Keep a face, move a box, draw one that was missed. The result follows at once."],
    ["Download", "One picture, or all as a ZIP with report.json: what was done, and by whom."],
  ],

  camera: "Camera",
  cameraLead: "The picture goes only to the program on this computer, and is hidden at once.",
  cameraTake: "Take the picture",
  cameraLive: "Show it with the faces hidden",
  cameraLiveShown: "Camera with the faces hidden",
  cameraLiveHint:
    "A quick look, only for you to see. The picture that you take is searched thoroughly.",
  cameraNone: "No camera can be used: there is none, or the browser was not allowed to.",
  cameraPicture: (n) => `camera-${n}.jpg`,

  footerCare: "No program finds every face. Look at each result before you share it.",
  footerVersion: (version) => `FaceVeil ${version}`,
};

const zh: Messages = {
  title: "人脸隐私卫士：遮挡照片中的人脸",
  tagline: "人脸隐私，就在自己的电脑上守护",
  headline: "藏起每一张脸，留下整张照片",
  lead: "拖入照片，片刻之后即可得到遮挡了人脸的副本。",
  trustHere: "一切都在这台电脑上完成，不会向互联网发送任何内容。",
  trustHost: (host) => `图片只会发送到运行 FaceVeil 的电脑 ${host}，原图不会写入它的磁盘。`,
  language: "语言",

  dropHere: "将照片拖到这里",
  dropMore: "拖入更多照片",
  dropAnywhere: "松开即可遮挡人脸",
  choose: "选择照片",
  chooseMore: "添加照片",
  orPaste: "也可以按 Ctrl+V 粘贴图片",
  formats: "JPEG、PNG、WebP、HEIC、AVIF、TIFF、GIF、BMP",

  options: "遮挡方式",
  effect: "效果",
  effects: {
    veil: "面纱",
    solid: "纯色",
    emoji: "表情",
    image: "图片",
    mosaic: "马赛克",
    blur: "模糊",
  },
  effectClaims: {
    veil: "柔和自然；绘制时不读取人脸，因此不留下人脸的任何信息。",
    solid: "单一颜色覆盖，不留下人脸的任何信息。",
    emoji: "画出的笑脸，四周衬以面纱；不留下人脸的任何信息。",
    image: "您自己的图片，四周衬以面纱；不留下人脸的任何信息。",
    mosaic: "最多 6 × 6 个粗方块，只留下极少的人脸信息。",
    blur: "常见的样子，但机器往往能够还原。",
  },
  blurWarning: "可被还原",
  coverChoose: "选择用来覆盖人脸的图片",
  coverChange: (name) => `更换图片（${name}）`,
  shape: "形状",
  shapes: { ellipse: "椭圆", rectangle: "矩形" },
  sensitivity: "灵敏度",
  sensitivityLevels: {
    clearFaces: "仅清晰的人脸",
    balanced: "均衡",
    everySuspicion: "宁多勿漏",
  },
  sensitivityFew: "更少",
  sensitivityMany: "更多",
  frame: "绿色边框",
  frameHint: "标出每一处遮挡，便于检查。",

  pictures: (count) => `${count} 张图片`,
  lookAgain: (count) => `其中 ${count} 张未找到人脸，请检查`,
  downloadAll: (count) => `全部下载（${count}）`,
  removeAll: "全部移除",

  processing: "正在处理…",
  waitingTurn: "排队等待",
  sending: "正在读取图片",
  hiding: "正在查找并遮挡人脸",
  receiving: "正在取回结果",
  progressOf: (name) => `${name} 的进度`,
  done: "已完成",
  facesHidden: (count) => `已遮挡 ${count} 张人脸`,
  noFace: "未找到人脸，图片没有改动",
  noFaceAdvice: "请亲自看一看。如果其中有人脸，请提高灵敏度再查找。",
  lookHarder: "提高灵敏度再查找",

  original: "原图",
  hidden: "已遮挡",
  noChange: "没有改动",
  compare: (name) => `对比前后：${name}`,
  originalShown: (percent) => `原图 ${percent}%`,
  originalNotShowable: "此浏览器无法显示原图的格式。",
  originalOf: (name) => `${name} 的原图`,
  resultOf: (name) => `${name} 的结果`,

  download: "下载",
  downloadOf: (file) => `下载 ${file}`,
  remove: (name) => `移除 ${name}`,

  failed: "未完成",
  noAnswer: "FaceVeil 没有应答。它还在运行吗？",
  unknownProblem: "处理这张图片时出了问题。",
  retry: "重试",
  retryOf: (name) => `重试：${name}`,
  withheld: "请您决定",
  withheldBecause: (faces, details) => {
    const found = [...(faces > 0 ? [`${faces} 张可见的人脸`] : []), ...details];
    return `再次检查遮挡后的图片时发现：${found.join("；")}。因此暂不给出结果。`;
  },
  hideFound: "一并遮挡",
  acceptFound: "仍按现状使用",

  announceDone: (name, outcome) => `${name}：${outcome}。`,
  announceFailed: (name, problem) => `${name} 未完成：${problem}`,

  reviewTitle: (name) => `检查 ${name}`,
  review: "检查",
  reviewOf: (name) => `检查 ${name}`,
  back: "返回图片列表",
  previousPicture: "上一张图片",
  nextPicture: "下一张图片",
  nextDoubtful: (count) => `下一处存疑（${count}）`,
  noDoubtful: "没有存疑之处了",
  undo: "撤销",
  redo: "重做",
  newFace: "添加人脸",
  newFaceHint: "在漏掉的人脸上拖出一个框，或用方向键移动新框。",
  zoomIn: "放大",
  zoomOut: "缩小",
  zoomFit: "整张图片",
  view: "显示内容",
  views: { before: "处理前", after: "处理后" },
  legend: "各种框的含义",
  kinds: { certain: "确定", doubtful: "存疑", hand: "手动", kept: "保留可见" },
  facesIn: (hidden, kept) => `遮挡 ${hidden} 张，保留 ${kept} 张`,
  faceLabel: (index, count, kind, hidden) =>
    `第 ${index} 张人脸，共 ${count} 张，${kind}，${hidden ? "已遮挡" : "保留可见"}`,
  faceName: (index) => `人脸 ${index}`,
  sure: (percent) => `把握 ${percent}%`,
  keepThis: "保留这一张",
  hideThis: "遮挡这一张",
  confirmThis: "确认无误",
  deleteThis: "删除此框",
  keepNote: "只按位置保留，不识别任何人。",
  updating: "正在生成新的结果…",
  upToDate: "您看到的就是将要下载的文件",
  stage: "图片与各个框",
  noPlanYet: "仍在查找人脸。",
  keysTitle: "按键",
  keys: [
    ["Tab", "下一张人脸"],
    ["空格", "遮挡或保留"],
    ["回车", "确认无误"],
    ["方向键", "移动框"],
    ["Shift + 方向键", "改变大小"],
    ["N", "添加人脸"],
    ["Delete", "删除框"],
    ["D", "下一处存疑"],
    ["B", "处理前或处理后"],
    ["+  −  0", "放大、缩小、整张图片"],
    ["Ctrl + Z、Ctrl + Y", "撤销、重做"],
    ["Esc", "返回图片列表"],
  ],

  sheet: "全部人脸",
  sheetLead: "所有图片中的每一张人脸。按一下保留可见，再按一下重新遮挡。",
  sheetOrder: "顺序",
  sheetOrders: { doubtFirst: "把握最小的在前", sureFirst: "把握最大的在前" },
  sheetEmpty: "还没有人脸。",
  sheetToggle: (face, picture, hidden) => `${picture} 的${face}：${hidden ? "已遮挡" : "保留可见"}`,
  hiddenShort: "已遮挡",
  keptShort: "保留",
  openInReview: (picture) => `检查 ${picture}`,

  costAt: (missed, wrong) => `每 100 张人脸约漏掉 ${missed} 张，每张图片约误标 ${wrong} 处。`,
  costSource: "在困难的图片上测得：人脸很小、戴口罩、人群拥挤。",

  batchTitle: "全部图片的进度",
  batchOf: (done, total) => `已完成 ${done} / ${total}`,
  batchRate: (perMinute) => `每分钟 ${perMinute} 张`,
  batchLeft: (seconds) =>
    seconds < 90 ? `还需约 ${seconds} 秒` : `还需约 ${Math.round(seconds / 60)} 分钟`,
  batchPaused: "已暂停",
  batchKept:
    "可以关闭或刷新本页：程序会自行继续，回来时仍能找到结果。结果只在限定时间内保留；原图只在内存中，供检查之用。“全部移除”会立即抹去两者。",
  pause: "暂停",
  resume: "继续",
  cancelRest: "取消其余",
  retryAll: (count) => `重试 ${count} 张`,
  notDoneCount: (count) => `${count} 张未完成`,
  cancelled: "在完成之前已取消。",
  interrupted: "程序在处理完这张图片之前就结束了。请重新添加。",
  cancel: "取消",
  cancelOf: (name) => `取消 ${name}`,
  earlierTitle: "之前的批次",
  earlierLead: "以下批次由本浏览器发起，其结果仍在程序中。",
  earlierFacts: (total, done, failed) =>
    `共 ${total} 张，已完成 ${done} 张${failed > 0 ? `，${failed} 张未完成` : ""}`,
  earlierUntil: (time) => `保留至 ${clockTime(time, "zh-CN")}`,
  earlierOpen: "打开",
  earlierDownload: "下载 ZIP",
  earlierDelete: "删除",
  chooseFolder: "选择文件夹",
  show: "显示",
  filters: { all: "全部", doubtful: "待检查", failed: "未完成" },

  trust: "隐私",
  trustLead: "不必轻信，这里都能看到。",
  trustLeft: "离开此页面的内容",
  trustAsked: (count, host) => `共 ${count} 次请求，全部发往运行 FaceVeil 的 ${host}。`,
  trustForeign: (count) => `有 ${count} 次请求发往其他电脑。`,
  trustOffline: "程序已请求系统内核拒绝它的一切对外连接：它只能应答。",
  trustRecord: (sent, network) =>
    `程序自己的套接字记录：向本机发送 ${sent}，来自其他电脑的连接 ${network} 个。`,
  trustOutgoing: (count) => `它主动对外打开的连接：${count} 个。`,
  trustOnDisk: (count) => `它在磁盘上可能是您原图的文件：${count} 个。`,
  trustChecked: "程序对处理结果的说明",
  trustCheckedText:
    "只涂改计划中列出的地方。每张图片在给出之前都会再检查一遍；检查结果与每个文件的摘要都在 report.json 中。",
  trustNotes: "说明",
  checks: {
    faces: "可见的人脸",
    second_pictures: "文件中的其他图片",
    places: "位置信息",
    stray_bytes: "多余的字节",
    locality: "遮挡区域之外的改动",
  },
  checksOf: (count) => `再次检查的项目（${count} 张图片）`,
  checkSaid: (clean, found, unchecked) =>
    [
      ...(found > 0 ? [`${found} 张有发现`] : []),
      ...(clean > 0 ? [`${clean} 张没有`] : []),
      ...(unchecked > 0 ? [`${unchecked} 张未检查`] : []),
    ].join("，"),
  addedByLookingAgain: (faces) => `再次检查又发现 ${faces} 张人脸：已一并遮挡，并标记为待检查。`,
  trustDropped: "文件中还有什么",
  trustDroppedLook: "查看文件内容",
  trustDroppedNone: "除图片外没有其他内容。",
  fates: { kept: "保留", rewritten: "重写", dropped: "删除" },
  trustEffects: "各种效果能保证什么",
  bytes: (count) => (count < 2048 ? `${count} 字节` : `${Math.round(count / 1024)} KiB`),
  close: "关闭",

  help: "帮助",
  helpSteps: [
    ["添加图片", "拖入照片或文件夹，选择、粘贴，或用摄像头拍摄。"],
    [
      "检查",
      "没有程序能找到每一张人脸。请逐张检查，或在“全部人脸”中一次看完。存疑的也会遮挡，并作标记。",
    ],
    ["修正", "保留某张人脸、移动框、补画漏掉的人脸，结果随即更新。"],
    ["下载", "单张下载，或全部打包为 ZIP，内附 report.json：做了什么、由谁决定。"],
  ],

  camera: "摄像头",
  cameraLead: "照片只会送到这台电脑上的程序，并立即遮挡。",
  cameraTake: "拍照",
  cameraLive: "预览遮挡后的画面",
  cameraLiveShown: "摄像头画面（人脸已遮挡）",
  cameraLiveHint: "预览只作快速查找，仅供您观看；拍下的照片会仔细查找。",
  cameraNone: "无法使用摄像头：没有摄像头，或浏览器未获许可。",
  cameraPicture: (n) => `camera-${n}.jpg`,

  footerCare: "没有程序能找到每一张人脸。分享之前，请逐张检查结果。",
  footerVersion: (version) => `FaceVeil ${version}`,
};

export const messages: Readonly<Record<Language, Messages>> = { en, zh };

/** What became of a picture, in words. */
export function outcome(words: Messages, faces: number): string {
  return faces > 0 ? words.facesHidden(faces) : words.noFace;
}
