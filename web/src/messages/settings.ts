// How faces are looked for and hidden.
import type { Effect, SensitivityLevel, Shape } from "../settings";

export interface SettingsWords {
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
  /** Of pictures whose originals are not on the page. */
  settingsFixed: (count: number) => string;

  costAt: (missed: number, wrong: number) => string;
  costSource: string;
}

export const en: SettingsWords = {
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
  settingsFixed: (count) =>
    `${count === 1 ? "1 picture here is" : `${count} pictures here are`} from before, and this page no longer has ${count === 1 ? "its original" : "their originals"}: sensitivity, green frame and a picture of your own change nothing there; effect and shape do while the review is open. Add ${count === 1 ? "it" : "them"} again to search anew.`,

  costAt: (missed, wrong) =>
    `Misses about ${missed} in 100 faces, marks about ${wrong} wrong ${wrong === 1 ? "place" : "places"} a picture.`,
  costSource: "Measured on hard pictures: small, masked and crowded faces.",
};

export const zh: SettingsWords = {
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
  settingsFixed: (count) =>
    `这里有 ${count} 张图片来自之前的页面，本页已没有其原图：灵敏度、绿色边框和您自己的图片对它们不起作用；效果和形状在检查期间仍然有效。要重新查找，请再次添加。`,

  costAt: (missed, wrong) => `每 100 张人脸约漏掉 ${missed} 张，每张图片约误标 ${wrong} 处。`,
  costSource: "在困难的图片上测得：人脸很小、戴口罩、人群拥挤。",
};
