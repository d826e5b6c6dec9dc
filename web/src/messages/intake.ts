// Where pictures come in: dropped, chosen, or from the camera.
export interface IntakeWords {
  dropHere: string;
  dropMore: string;
  dropAnywhere: string;
  choose: string;
  chooseMore: string;
  orPaste: string;
  formats: string;

  camera: string;
  cameraLead: string;
  cameraTake: string;
  cameraLive: string;
  cameraLiveShown: string;
  cameraLiveHint: string;
  cameraNone: string;
  cameraPicture: (n: number) => string;
}

export const en: IntakeWords = {
  dropHere: "Drop photos here",
  dropMore: "Drop more photos",
  dropAnywhere: "Let go to hide the faces",
  choose: "Choose photos",
  chooseMore: "Add photos",
  orPaste: "or paste a picture with Ctrl+V",
  formats: "JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF, BMP; films: MP4, MOV, MKV, WebM, AVI, TS; sound: WAV, FLAC, MP3, M4A, Ogg",

  camera: "Camera",
  cameraLead: "The picture goes only to the program on this computer, and is hidden at once.",
  cameraTake: "Take the picture",
  cameraLive: "Show it with the faces hidden",
  cameraLiveShown: "Camera with the faces hidden",
  cameraLiveHint:
    "A quick look, only for you to see. The picture that you take is searched thoroughly.",
  cameraNone: "No camera can be used: there is none, or the browser was not allowed to.",
  cameraPicture: (n) => `camera-${n}.jpg`,
};

export const zh: IntakeWords = {
  dropHere: "将照片拖到这里",
  dropMore: "拖入更多照片",
  dropAnywhere: "松开即可遮挡人脸",
  choose: "选择照片",
  chooseMore: "添加照片",
  orPaste: "也可以按 Ctrl+V 粘贴图片",
  formats: "JPEG、PNG、WebP、HEIC、AVIF、TIFF、GIF、BMP；视频：MP4、MOV、MKV、WebM、AVI、TS；声音：WAV、FLAC、MP3、M4A、Ogg",

  camera: "摄像头",
  cameraLead: "照片只会送到这台电脑上的程序，并立即遮挡。",
  cameraTake: "拍照",
  cameraLive: "预览遮挡后的画面",
  cameraLiveShown: "摄像头画面（人脸已遮挡）",
  cameraLiveHint: "预览只作快速查找，仅供您观看；拍下的照片会仔细查找。",
  cameraNone: "无法使用摄像头：没有摄像头，或浏览器未获许可。",
  cameraPicture: (n) => `camera-${n}.jpg`,
};
