// Takes a picture with the camera. It goes the way of every other picture: to the program only.
import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../words";
import { Dialog } from "./dialog";
import { CameraIcon } from "./icons";

interface CameraDialogProps {
  onPicture: (file: File) => void;
  onClose: () => void;
}

let taken = 0;
const quality = 0.95;

export function CameraDialog({ onPicture, onClose }: CameraDialogProps) {
  const words = useWords();
  const video = useRef<HTMLVideoElement>(null);
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
        <video ref={video} class="camera" muted playsInline aria-label={words.camera} />
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

function still(video: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
