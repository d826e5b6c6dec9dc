// Whether this browser can show a picture file. Asked by trying: HEIC, TIFF and AVIF differ from
// browser to browser and from version to version.

/** An address that an <img> can show, or null. The caller revokes it. */
export async function showableUrl(picture: Blob): Promise<string | null> {
  const url = URL.createObjectURL(picture);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return url;
  } catch {
    URL.revokeObjectURL(url);
    return null;
  }
}
