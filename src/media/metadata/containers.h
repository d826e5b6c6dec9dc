// The walkers of the containers: each lists what stands beside the picture. None decodes pixels,
// none fails: what cannot be read is a finding.
#pragma once

#include "media/metadata/inspection.h"

namespace faceveil {

void inspect_jpeg(Inspection&);
void inspect_png(Inspection&);
void inspect_webp(Inspection&);
void inspect_tiff(Inspection&);
void inspect_gif(Inspection&);
void inspect_bmp(Inspection&);
void inspect_heif(Inspection&);  // HEIC and AVIF.

}  // namespace faceveil
