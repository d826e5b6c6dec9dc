#include "app/server/job_answers.h"

#include "app/server/answers.h"
#include "app/server/problem.h"

namespace faceveil {

HttpResponse no_such_job(const HttpRequest& request) {
  return problem(request, 404, "not_found",
                 fail(Error::Kind::bad_input,
                      "There is no such job or file; it may have been deleted or timed out."));
}

HttpResponse not_ready(const HttpRequest& request) {
  return problem(
      request, 409, "not_ready",
      fail(Error::Kind::bad_input, "This is not ready yet; wait for the end of the work."));
}

HttpResponse nothing_left() {
  HttpResponse response;
  response.status = 204;
  return response;
}

HttpResponse problem_of_lookup(const HttpRequest& request, Lookup lookup,
                               const tl::unexpected<Error>& closed) {
  if (lookup == Lookup::not_ready) return not_ready(request);
  return lookup == Lookup::closed ? problem(request, 409, "closed", closed) : no_such_job(request);
}

HttpResponse problem_of_queue(const HttpRequest& request, const Error& error) {
  if (error.kind != Error::Kind::busy) return problem_of_picture(request, error);
  return problem(request, 429, "queue_full", tl::unexpected(error));
}

HttpResponse problem_of_plan(const HttpRequest& request, const Error& error) {
  return error.kind == Error::Kind::bad_input ? problem_of_request(request, error)
                                              : problem_of_apply(request, error);
}

}  // namespace faceveil
