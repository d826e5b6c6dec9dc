// faceveil serve: the page and the HTTP interface.

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/offline.h"
#include "app/server/server.h"
#include "base/language.h"

namespace faceveil {
namespace {

Status serve_offline(const ServeOptions& options) {
  if (options.webhooks.empty()) TRY(forbid_outgoing());
  return serve(options);
}

}  // namespace

void add_serve_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<ServeOptions>();
  CLI::App* command = app.add_subcommand("serve", tr("Serve the page and the HTTP interface"));
  command->add_option("--host", options->host, tr("Address to listen on"))->capture_default_str();
  command->add_option("--port", options->port, tr("Port to listen on; 0 for any free one"))
      ->check(CLI::Range(0, 65'535))
      ->capture_default_str();
  command->add_option("--state-dir", options->state_folder,
                      tr("Private folder for the results of jobs"));
  command
      ->add_option("--retention", options->retention_s,
                   tr("Seconds until the results of a finished job are wiped"))
      ->check(CLI::Range(1, 30 * 86'400))
      ->capture_default_str();
  command
      ->add_option("--film-limit", options->film_mib_max,
                   tr("Largest film that is taken, in MiB; it lies on disk while it is hidden"))
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  CLI::Option* token =
      command->add_option("--token", options->token, tr("Secret that every request must name"));
  command
      ->add_option("--password-file", options->password_file,
                   tr("File whose first line is that secret"))
      ->excludes(token);
  command->add_option("--tls-cert", options->tls_certificate,
                      tr("PEM file with the certificate to encrypt with; those that lead to its "
                         "root may follow in it"));
  command->add_option("--tls-key", options->tls_key,
                      tr("PEM file with the certificate's private key, without a passphrase"));
  command->add_option("--webhook", options->webhooks,
                      tr("HOST:PORT that may be told of finished jobs; outgoing connections are "
                         "then no longer forbidden"));
  command->callback([options, &run] {
    run = [options] {
      const Status status = serve_offline(*options);
      return status ? exit_done : print_error(status.error(), exit_failed);
    };
  });
}

}  // namespace faceveil
