#include "app/offline.h"

#include <seccomp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace faceveil {
namespace {

using Filter = std::unique_ptr<void, void (*)(scmp_filter_ctx)>;

Status refuse(const Filter& filter, int syscall, const scmp_arg_cmp* condition = nullptr) {
  const int result = seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(EPERM), syscall,
                                            condition ? 1 : 0, condition);
  if (result != 0) {
    return fail(Error::Kind::io, "The kernel's network lock cannot be prepared ({0}).",
                {std::strerror(-result)});
  }
  return {};
}

Status load(const Filter& filter) {
  const int result = seccomp_load(filter.get());
  if (result != 0) {
    return fail(Error::Kind::io, "The kernel does not accept the network lock ({0}).",
                {std::strerror(-result)});
  }
  return {};
}

Result<Filter> allow_everything_else() {
  Filter filter(seccomp_init(SCMP_ACT_ALLOW), seccomp_release);
  if (!filter) {
    return fail(Error::Kind::io, "The kernel's network lock cannot be prepared ({0}).",
                {std::strerror(ENOMEM)});
  }
  return filter;
}

}  // namespace

Status forbid_network() {
  const Filter filter = TRY(allow_everything_else());
  for (const int family : {AF_INET, AF_INET6, AF_PACKET}) {
    // The family is an int: the kernel looks at the lower half of the register only, and so must
    // we.
    const scmp_arg_cmp of_family = {0, SCMP_CMP_MASKED_EQ, 0xffff'ffff,
                                    static_cast<uint64_t>(family)};
    TRY(refuse(filter, SCMP_SYS(socket), &of_family));
  }
  return load(filter);
}

Status forbid_outgoing() {
  const Filter filter = TRY(allow_everything_else());
  TRY(refuse(filter, SCMP_SYS(connect)));
  // A datagram with an address of its own needs no connection; answers to clients carry none.
  const scmp_arg_cmp with_address = {4, SCMP_CMP_NE, 0, 0};
  TRY(refuse(filter, SCMP_SYS(sendto), &with_address));
  TRY(refuse(filter, SCMP_SYS(sendmsg)));
  TRY(refuse(filter, SCMP_SYS(sendmmsg)));
  return load(filter);
}

}  // namespace faceveil
