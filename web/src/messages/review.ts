// The review of one picture.
export interface ReviewWords {
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
}

export const en: ReviewWords = {
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
};

export const zh: ReviewWords = {
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
};
