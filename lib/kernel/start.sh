#!/bin/sh
# Starts the kernel from its snapshot, where this Node has made it: Jupyter knows one command for all times.
# Arguments: the Node to run, and what it is to run.
node=$1
shift
build=$(dirname "$0")/build
if [ -z "$NODE_OPTIONS" ] && [ "$ATELIER_SNAPSHOT" != 0 ] && [ -f "$build/snapshot" ]; then
  { read -r maker; read -r version; read -r blob; } < "$build/snapshot"
  if [ "$maker" = "$node" ] && [ "$version" = "$("$node" --version)" ] && [ -f "$build/$blob" ]; then
    exec "$node" --snapshot-blob "$build/$blob" "$@"
  fi
fi
exec "$node" "$@"
