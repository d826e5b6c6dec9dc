// Takes a picture with the camera. It goes the way of every other picture: to the program only.
import { useEffect, useRef, useState } from "preact/hooks";
import { runLive } from "../live";
import type { Settings } from "../settings";
import { useWords } from "../words";
import { Dialog } from "./dialog";
import { CameraIcon } from "./icons";
import { Switch } from "./switch";

interface CameraDialogProps {
  settings: Settings;
  onPicture: (file: File) => void;
  onClose: () => void;
}

let taken = 0;
const quality = 0.95;
// Of the frames of the preview: small ones are hidden many times a second.
const liveWidthMax = 640;

export function CameraDialog({ settings, onPicture, onClose }: CameraDialogProps) {
  const words = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [live, setLive] = useState(false);
  const [state, setState] = useState<"starting" | "ready" | "none">("starting");
  useEffect(() => {
    let stream: MediaStream | null = null;
    let closed = false;
    const start = async () => {
      // Missing where the page came over http from another computer.
      stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: false });
      if (closed || !video.current) return stop(stream);
      video.current.srcObject = stream;
      await video.current.play();
      setState("ready");
    };
    start().catch(() => setState("none"));
    return () => {
      closed = true;
      if (stream) stop(stream);
    };
  }, []);
  useEffect(() => {
    if (!live || state !== "ready") return;
    const controller = new AbortController();
    const frame = async () => video.current && still(video.current, liveWidthMax);
    const show = (hidden: ImageBitmap) => canvas.current && draw(canvas.current, hidden);
    void runLive({ frame, show, settings, signal: controller.signal });
    return () => controller.abort();
  }, [live, state, settings]);
  const take = async () => {
    const picture = video.current && (await still(video.current));
    if (!picture) return;
    taken += 1;
    onPicture(new File([picture], words.cameraPicture(taken), { type: picture.type }));
    onClose();
  };
  return (
    <Dialog title={words.camera} onClose={onClose}>
      <p>{words.cameraLead}</p>
      {state === "none" ? (
        <p class="notice notice--look" role="alert">
          {words.cameraNone}
        </p>
      ) : (
        <>
          <video
            ref={video}
            class={live ? "camera-hidden" : "camera"}
            muted
            playsInline
            aria-label={words.camera}
          />
          {live && (
            <canvas ref={canvas} class="camera" role="img" aria-label={words.cameraLiveShown} />
          )}
          <div class="camera-live">
            <Switch label={words.cameraLive} on={live} onChange={setLive} />
          </div>
          {live && <p class="control-hint">{words.cameraLiveHint}</p>}
        </>
      )}
      <button
        type="button"
        class="button button--primary"
        disabled={state !== "ready"}
        onClick={() => void take()}
      >
        <CameraIcon /> {words.cameraTake}
      </button>
    </Dialog>
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function draw(canvas: HTMLCanvasElement, hidden: ImageBitmap): void {
  canvas.width = hidden.width;
  canvas.height = hidden.height;
  canvas.getContext("2d")?.drawImage(hidden, 0, 0);
  hidden.close();
}

function still(video: HTMLVideoElement, widthMax = Infinity): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, widthMax / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
