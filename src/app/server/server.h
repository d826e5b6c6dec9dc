// `faceveil serve`: the page and the HTTP interface, on this machine.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace faceveil {

struct ServeOptions {
  std::string host = "127.0.0.1";
  int port = 8080;                           // 0: any free one.
  std::filesystem::path model_folder = {};   // Empty: find_model_folder().
  std::filesystem::path state_folder = {};   // Results of jobs; empty: default_state_folder().
  int film_mib_max = 4096;                   // Of one film.
  int retention_s = 3600;                    // How long they are kept.
  std::string token = {};                    // Who asks must know it; empty: nobody is asked.
  std::filesystem::path password_file = {};  // Its first line in place of the token.
  std::vector<std::string> webhooks = {};    // "HOST:PORT" that finished jobs may be told to.
  // PEM files; both empty: the line is not encrypted.
  std::filesystem::path tls_certificate = {}, tls_key = {};
};

// Says on standard output where it serves, and serves until SIGINT or SIGTERM; requests being
// answered then are finished. Call it before any other thread is started: it blocks both signals
// in those that it starts. Errors: io when the address, the models or
// the state folder cannot be had; bad_input for an address of a network without a secret, and for
// a certificate and a key that do not go together.
Status serve(const ServeOptions&);

}  // namespace faceveil
