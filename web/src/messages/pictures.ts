// The pictures and what has become of each.
export interface PicturesWords {
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
}

export const en: PicturesWords = {
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
};

export const zh: PicturesWords = {
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
};
