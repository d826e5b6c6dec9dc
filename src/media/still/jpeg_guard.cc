#include "media/still/jpeg_guard.h"

#include <jerror.h>

#include <string>

#include "base/limits.h"

namespace faceveil {
namespace {

JpegErrors& errors_of(j_common_ptr info) { return *reinterpret_cast<JpegErrors*>(info->err); }

void leave_on_error(j_common_ptr info) { leave(info, info->err->msg_code); }

// Warnings about bytes that carry no picture. All others mean that pixels are missing or made up.
bool harmless(int warning) {
  return warning == JWRN_ADOBE_XFORM || warning == JWRN_JFIF_MAJOR || warning == JWRN_BOGUS_ICC ||
         warning == JWRN_EXTRANEOUS_DATA;
}

void leave_on_damage(j_common_ptr info, int level) {
  if (info->err->msg_code == JWRN_EXTRANEOUS_DATA) errors_of(info).stray_bytes = true;
  const bool is_warning = level < 0;
  if (is_warning && !harmless(info->err->msg_code)) leave(info, info->err->msg_code);
}

void print_nothing(j_common_ptr) {}

}  // namespace

void install(JpegErrors& errors, j_common_ptr info) {
  info->err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = leave_on_error;
  errors.manager.emit_message = leave_on_damage;
  errors.manager.output_message = print_nothing;
}

void leave(j_common_ptr info, int code) {
  JpegErrors& errors = errors_of(info);
  errors.code = code;
  std::longjmp(errors.way_out, 1);
}

tl::unexpected<Error> jpeg_failure(const JpegErrors& errors) {
  switch (errors.code) {
    case JpegErrors::too_many_scans:
      return fail(Error::Kind::over_limit, "The JPEG file has more than {0} scans.",
                  {std::to_string(limits::jpeg_scans_max)});
    case JERR_BAD_PRECISION:
      return fail(Error::Kind::unsupported,
                  "JPEG files with {0} bits a sample are not supported; save it with 8 bits first.",
                  {std::to_string(errors.manager.msg_parm.i[0])});
    case JERR_SOF_UNSUPPORTED:
      return fail(Error::Kind::unsupported,
                  "Lossless and hierarchical JPEG files are not supported; save it as an ordinary "
                  "JPEG or as PNG first.");
    case JERR_ARITH_NOTIMPL:
      return fail(Error::Kind::unsupported,
                  "This build of libjpeg does not know arithmetic coding.");
    case JERR_CONVERSION_NOTIMPL:
    case JERR_COMPONENT_COUNT:
      return fail(Error::Kind::unsupported,
                  "JPEG files with this number of colour components are not supported.");
    case JERR_IMAGE_TOO_BIG:
      return fail(Error::Kind::over_limit, "The picture has a side longer than {0} pixels.",
                  {std::to_string(limits::side_pixels_max)});
    case JERR_OUT_OF_MEMORY:
      return fail(Error::Kind::over_limit, "There is not enough memory for the picture.");
    default:
      return fail(Error::Kind::bad_input, "The {0} file is damaged or cut short.", {"JPEG"});
  }
}

}  // namespace faceveil
