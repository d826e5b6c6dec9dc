// The whole page: its head and foot, and the help.
export interface PageWords {
  title: string;
  tagline: string;
  headline: string;
  lead: string;
  trustHere: string;
  trustHost: (host: string) => string;
  language: string;

  help: string;
  helpSteps: readonly (readonly [string, string])[];

  footerCare: string;
  footerVersion: (version: string) => string;
}

export const en: PageWords = {
  title: "FaceVeil: hide the faces in your photos",
  tagline: "Face privacy, on your own computer",
  headline: "Hide every face. Keep the picture.",
  lead: "Drop a photo and a copy with the faces hidden is ready a moment later.",
  trustHere: "Everything happens on this computer. Nothing is sent to the internet.",
  trustHost: (host) =>
    `Your pictures go only to the computer ${host}, which runs FaceVeil. It writes none of them to its disk.`,
  language: "Language",

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
    [
      "Films",
      "A film is hidden like a picture. Its Review shows each face as a bar over time: keep or hide it, move its box, split, join, draw one; then Hide again.",
    ],
    ["Download", "One picture, or all as a ZIP with report.json: what was done, and by whom."],
  ],

  footerCare: "No program finds every face. Look at each result before you share it.",
  footerVersion: (version) => `FaceVeil ${version}`,
};

export const zh: PageWords = {
  title: "人脸隐私卫士：遮挡照片中的人脸",
  tagline: "人脸隐私，就在自己的电脑上守护",
  headline: "藏起每一张脸，留下整张照片",
  lead: "拖入照片，片刻之后即可得到遮挡了人脸的副本。",
  trustHere: "一切都在这台电脑上完成，不会向互联网发送任何内容。",
  trustHost: (host) => `图片只会发送到运行 FaceVeil 的电脑 ${host}，原图不会写入它的磁盘。`,
  language: "语言",

  help: "帮助",
  helpSteps: [
    ["添加图片", "拖入照片或文件夹，选择、粘贴，或用摄像头拍摄。"],
    [
      "检查",
      "没有程序能找到每一张人脸。请逐张检查，或在“全部人脸”中一次看完。存疑的也会遮挡，并作标记。",
    ],
    ["修正", "保留某张人脸、移动框、补画漏掉的人脸，结果随即更新。"],
    [
      "视频",
      "视频与图片一样遮挡。检查时每张人脸是一条时间条：可保留或遮挡、移动方框、分开、合并、补画，然后重新遮挡。",
    ],
    ["下载", "单张下载，或全部打包为 ZIP，内附 report.json：做了什么、由谁决定。"],
  ],

  footerCare: "没有程序能找到每一张人脸。分享之前，请逐张检查结果。",
  footerVersion: (version) => `FaceVeil ${version}`,
};
