#include "app/server/jobs/database.h"

#include <sqlite3.h>
#include <sys/stat.h>

namespace faceveil {
namespace {

void bind(sqlite3_stmt* statement, int index, const Database::Value& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    sqlite3_bind_int64(statement, index, *number);
    return;
  }
  const auto& text = std::get<std::string>(value);
  sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

Database::Row read_row(sqlite3_stmt* statement) {
  Database::Row row;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    if (sqlite3_column_type(statement, i) == SQLITE_INTEGER) {
      row.emplace_back(static_cast<int64_t>(sqlite3_column_int64(statement, i)));
      continue;
    }
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
    const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, i));
    row.emplace_back(text ? std::string(text, size) : std::string());
  }
  return row;
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path,
                                                 const char* schema) {
  auto database = std::unique_ptr<Database>(new Database);
  if (sqlite3_open_v2(path.c_str(), &database->handle_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                      nullptr) != SQLITE_OK) {
    return tl::unexpected(database->failure().error());
  }
  ::chmod(path.c_str(), 0600);
  if (sqlite3_exec(database->handle_, schema, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return tl::unexpected(database->failure().error());
  }
  return database;
}

Database::~Database() { sqlite3_close(handle_); }

Status Database::transaction(const std::function<Status()>& steps) {
  const std::lock_guard lock(mutex_);
  TRY(run("BEGIN IMMEDIATE", {}));
  Status done = steps();
  if (!done) {
    sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    return done;
  }
  return run("COMMIT", {});
}

Status Database::run(const char* sql, const Row& values) {
  std::vector<Row> ignored;
  return select(sql, values, ignored);
}

Status Database::select(const char* sql, const Row& values, std::vector<Row>& rows) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) != SQLITE_OK) return failure();
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, sqlite3_finalize);
  for (size_t i = 0; i < values.size(); ++i) {
    bind(statement, static_cast<int>(i) + 1, values[i]);
  }
  int result = 0;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) rows.push_back(read_row(statement));
  return result == SQLITE_DONE ? Status() : failure();
}

Status Database::failure() const {
  return fail(Error::Kind::io, "The record of jobs cannot be used ({0}).",
              {handle_ ? sqlite3_errmsg(handle_) : "memory"});
}

int64_t number_in(const Database::Value& value) {
  const auto* number = std::get_if<int64_t>(&value);
  return number ? *number : 0;
}

std::string text_in(const Database::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

}  // namespace faceveil
