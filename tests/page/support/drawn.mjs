// Pictures of people who do not exist, drawn by us, so that neither tests nor documents need a
// photograph of anybody. The network finds the faces.

export const groupSize = { width: 1200, height: 800 };

// cx, cy: middle of the face between brow and chin; r: half the face's width.
export const groupFaces = [
  {
    cx: 255,
    cy: 300,
    r: 84,
    skin: "#e9bd9b",
    shade: "#b98060",
    hair: "#3a2a20",
    shirt: "#2f6f73",
    long: true,
  },
  {
    cx: 590,
    cy: 255,
    r: 92,
    skin: "#c68e66",
    shade: "#8f5a3a",
    hair: "#1d1714",
    shirt: "#d9913f",
    long: false,
  },
  {
    cx: 930,
    cy: 315,
    r: 82,
    skin: "#f2cdb2",
    shade: "#c78f70",
    hair: "#8a4f24",
    shirt: "#6a5a94",
    long: true,
  },
];

/** Three people in front of hills. */
export function groupSvg() {
  return picture(groupFaces.map(person).join(""));
}

/** The same hills, and nobody. */
export function landscapeSvg() {
  return picture("");
}

function picture(people) {
  const { width, height } = groupSize;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs>
  <linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#8fc1dd"/><stop offset="1" stop-color="#f6e7cf"/></linearGradient>
  <linearGradient id="meadow" x2="0" y2="1"><stop offset="0" stop-color="#8fae6b"/><stop offset="1" stop-color="#52773f"/></linearGradient>
  <filter id="soft2" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="2"/></filter>
  <filter id="soft7" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="7"/></filter>
</defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
<circle cx="1010" cy="120" r="46" fill="#fff3d6"/>
<path d="M0 430Q180 300 400 400T820 370T1200 410V800H0Z" fill="#9db8a8"/>
<path d="M0 520Q260 420 560 500T1200 480V800H0Z" fill="url(#meadow)"/>
${people}
</svg>`;
}

function person({ cx, cy, r, skin, shade, hair, shirt, long }) {
  return `<g transform="translate(${cx} ${cy}) scale(${r / 100})">
${long ? `<path d="M-122 30C-140-190 140-190 122 30C130 120 118 190 96 216H-96C-118 190-130 120-122 30Z" fill="${hair}"/>` : ""}
<path d="M-230 640C-230 300-190 232-70 205H70C190 232 230 300 230 640Z" fill="${shirt}"/>
<path d="M-120 640C-128 480-124 400-112 340M120 640C128 480 124 400 112 340" fill="none" stroke="#000" stroke-opacity=".16" stroke-width="6"/>
<path d="M-74 204Q0 300 74 204L58 204Q0 274-58 204Z" fill="#000" opacity=".18"/>
<path d="M-46 90H46V205Q0 262-46 205Z" fill="${skin}"/>
<path d="M-46 118Q0 168 46 118V160Q0 200-46 160Z" fill="${shade}" opacity=".75" filter="url(#soft7)"/>
<ellipse cx="-101" cy="14" rx="17" ry="30" fill="${shade}"/><ellipse cx="101" cy="14" rx="17" ry="30" fill="${shade}"/>
<path d="M-100-20C-104-130 104-130 100-20C100 62 62 142 0 146C-62 142-100 62-100-20Z" fill="${skin}"/>
<path d="M100-20C100 62 62 142 0 146C40 120 66 60 70-60Z" fill="${shade}" opacity=".45" filter="url(#soft7)"/>
<path d="M-100-20C-100 62-62 142 0 146C-50 118-78 60-82-50Z" fill="${shade}" opacity=".28" filter="url(#soft7)"/>
<ellipse cx="-43" cy="-8" rx="33" ry="20" fill="${shade}" opacity=".55" filter="url(#soft7)"/>
<ellipse cx="43" cy="-8" rx="33" ry="20" fill="${shade}" opacity=".55" filter="url(#soft7)"/>
${[-43, 43].map((x) => eye(x)).join("")}
<path d="M-70-30Q-46-48-18-32" fill="none" stroke="${hair}" stroke-width="10" stroke-linecap="round"/>
<path d="M18-32Q46-48 70-30" fill="none" stroke="${hair}" stroke-width="10" stroke-linecap="round"/>
<path d="M-7-8Q-13 26-20 42Q0 58 20 42Q13 26 7-8Z" fill="${shade}" opacity=".38" filter="url(#soft2)"/>
<path d="M-5 0Q-3 24-2 38H5Q5 22 4 0Z" fill="#fff" opacity=".28" filter="url(#soft2)"/>
<ellipse cx="-11" cy="47" rx="7" ry="4" fill="#54291c" opacity=".75" filter="url(#soft2)"/>
<ellipse cx="11" cy="47" rx="7" ry="4" fill="#54291c" opacity=".75" filter="url(#soft2)"/>
<path d="M-44 78Q-14 76 0 81Q14 76 44 78Q28 112 0 112Q-28 112-44 78Z" fill="#a9473f"/>
<path d="M-36 82Q0 88 36 82Q22 98 0 98Q-22 98-36 82Z" fill="#f6efe8"/>
<ellipse cx="0" cy="119" rx="24" ry="5" fill="${shade}" opacity=".5" filter="url(#soft2)"/>
<ellipse cx="-62" cy="48" rx="22" ry="15" fill="#d0605a" opacity=".22" filter="url(#soft7)"/>
<ellipse cx="62" cy="48" rx="22" ry="15" fill="#d0605a" opacity=".22" filter="url(#soft7)"/>
<path d="M-108 6C-128-176 128-176 108 6C104-40 86-66 58-78C20-62-40-66-66-74C-92-58-104-34-108 6Z" fill="${hair}"/>
</g>`;
}

function eye(x) {
  return `<path d="M${x - 27} 0Q${x}-21 ${x + 27} 0Q${x} 16 ${x - 27} 0Z" fill="#f7f3ee"/>
<circle cx="${x}" cy="-2" r="12" fill="#4a3020"/><circle cx="${x}" cy="-2" r="6" fill="#110b08"/>
<circle cx="${x + 4}" cy="-6" r="3" fill="#fff"/>
<path d="M${x - 28} 1Q${x}-23 ${x + 28} 1" fill="none" stroke="#241710" stroke-width="5" stroke-linecap="round"/>`;
}

/**
 * A drawing as a file: rendered in a page of its own, encoded by the browser.
 * @param {import("playwright-core").Browser} browser
 * @param {"image/png"|"image/jpeg"} type
 */
export async function render(browser, svg, type) {
  const page = await browser.newPage();
  const base64 = await page.evaluate(drawInPage, { svg, type });
  await page.close();
  return Buffer.from(base64, "base64");
}

async function drawInPage({ svg, type }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL(type, 0.95).split(",")[1];
}
