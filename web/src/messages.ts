// Everything that the page says, in both languages. A sentence that one language lacks does not
// compile.
import type { Language } from "./language";
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
  sensitivityHints: Record<SensitivityLevel, string>;
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

  announceDone: (name: string, outcome: string) => string;
  announceFailed: (name: string, problem: string) => string;

  footerCare: string;
  footerVersion: (version: string) => string;
}

const en: Messages = {
  title: "FaceVeil: hide the faces in your photos",
  tagline: "Face privacy, on your own computer",
  headline: "Hide every face. Keep the picture.",
  lead: "Drop a photo and a copy with the faces hidden is ready a moment later.",
  trustHere: "Everything happens on this computer. Nothing is sent to the internet.",
  trustHost: (host) =>
    `Your pictures go only to the computer ${host}, which runs FaceVeil. It keeps none of them.`,
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
  sensitivityHints: {
    clearFaces: "Faces that are small, turned or in shadow may be missed.",
    balanced: "Right for most photos.",
    everySuspicion: "Hides anything that might be a face; now and then something that is none.",
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

  announceDone: (name, outcome) => `${name}: ${outcome}.`,
  announceFailed: (name, problem) => `${name} is not done: ${problem}`,

  footerCare: "No program finds every face. Look at each result before you share it.",
  footerVersion: (version) => `FaceVeil ${version}`,
};

const zh: Messages = {
  title: "人脸隐私卫士：遮挡照片中的人脸",
  tagline: "人脸隐私，就在自己的电脑上守护",
  headline: "藏起每一张脸，留下整张照片",
  lead: "拖入照片，片刻之后即可得到遮挡了人脸的副本。",
  trustHere: "一切都在这台电脑上完成，不会向互联网发送任何内容。",
  trustHost: (host) => `图片只会发送到运行 FaceVeil 的电脑 ${host}，并且不会被保存。`,
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
  sensitivityHints: {
    clearFaces: "较小、侧转或处于阴影中的人脸可能会被漏掉。",
    balanced: "适合大多数照片。",
    everySuspicion: "凡是可能的人脸都会遮挡，偶尔会遮住不是人脸的地方。",
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

  announceDone: (name, outcome) => `${name}：${outcome}。`,
  announceFailed: (name, problem) => `${name} 未完成：${problem}`,

  footerCare: "没有程序能找到每一张人脸。分享之前，请逐张检查结果。",
  footerVersion: (version) => `FaceVeil ${version}`,
};

export const messages: Readonly<Record<Language, Messages>> = { en, zh };

/** What became of a picture, in words. */
export function outcome(words: Messages, faces: number): string {
  return faces > 0 ? words.facesHidden(faces) : words.noFace;
}
