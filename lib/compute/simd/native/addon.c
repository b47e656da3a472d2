// The Node addon: binds the tasks, in the form for this processor, to a WebAssembly memory.
#include <node_api.h>
#include <stdlib.h>
#include "tasks.h"

typedef struct {
  char *base;
  Task *task;
} Bound;

static napi_value call(napi_env env, napi_callback_info info) {
  napi_value given[2];
  size_t count = 2;
  void *data;
  uint32_t params = 0, chunk = 0;
  napi_get_cb_info(env, info, &count, given, NULL, &data);
  napi_get_value_uint32(env, given[0], &params);
  napi_get_value_uint32(env, given[1], &chunk);
  const Bound *bound = data;
  bound->task(bound->base, params, chunk);
  return NULL;
}

static void release(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  free(data);
}

static napi_status bindTask(napi_env env, napi_value to, const char *name, Bound which) {
  Bound *bound = malloc(sizeof *bound);
  if (!bound) return napi_generic_failure;
  *bound = which;
  napi_value function;
  napi_status status = napi_create_function(env, name, NAPI_AUTO_LENGTH, call, bound, &function);
  if (status == napi_ok) status = napi_add_finalizer(env, function, bound, release, NULL, NULL);
  if (status != napi_ok) free(bound);
  return status == napi_ok ? napi_set_named_property(env, to, name, function) : status;
}

/** bind(bytes, wide): the tasks, working on the memory that `bytes` shows from its start, with AVX-512 or with AVX2. */
static napi_value bind(napi_env env, napi_callback_info info) {
  napi_value given[2], tasks;
  size_t count = 2;
  void *base = NULL;
  bool wide = false;
  napi_get_cb_info(env, info, &count, given, NULL, NULL);
  if (napi_get_typedarray_info(env, given[0], NULL, NULL, &base, NULL, NULL) != napi_ok ||
      napi_get_value_bool(env, given[1], &wide) != napi_ok) {
    napi_throw_type_error(env, NULL, "bind: wanted the bytes of a WebAssembly memory, a Uint8Array, and a boolean");
    return NULL;
  }
  if (napi_create_object(env, &tasks) != napi_ok) return NULL;
#define BIND(name) \
  if (bindTask(env, tasks, #name, (Bound){ base, wide ? name##Avx512 : name##Avx2 }) != napi_ok) return NULL;
  TASKS(BIND)
  return tasks;
}

/** vectors(): the widest that this processor and the tasks have: "avx512", "avx2", or "" for neither. */
static napi_value vectors(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value name;
  const int narrow = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const char *found = !narrow ? "" : __builtin_cpu_supports("avx512f") ? "avx512" : "avx2";
  return napi_create_string_utf8(env, found, NAPI_AUTO_LENGTH, &name) == napi_ok ? name : NULL;
}

NAPI_MODULE_INIT() {
  napi_value function;
  if (napi_create_function(env, "bind", NAPI_AUTO_LENGTH, bind, NULL, &function) == napi_ok)
    napi_set_named_property(env, exports, "bind", function);
  if (napi_create_function(env, "vectors", NAPI_AUTO_LENGTH, vectors, NULL, &function) == napi_ok)
    napi_set_named_property(env, exports, "vectors", function);
  return exports;
}
