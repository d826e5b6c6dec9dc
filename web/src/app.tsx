export function App() {
  return <h1>FaceVeil 人脸隐私卫士</h1>;
}
