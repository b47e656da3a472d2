#!/bin/sh
# Starts a person's server. The lessons are copied into the person's home first; a copy that is there already stays as it is.
set -eu
project=${ATELIER_PROJECT:-/opt/atelier}
mkdir -p "$HOME/lessons" "$HOME/.local/share/atelier"
for lesson in "$project"/notebooks/*.ipynb; do
  own=$HOME/lessons/$(basename "$lesson")
  [ -e "$own" ] || cp "$lesson" "$own"
done
# The style of the lab: wide figures scroll.
for style in "$project"/lib/lab/custom/*; do
  own=$HOME/.jupyter/custom/$(basename "$style")
  mkdir -p "$HOME/.jupyter/custom"
  [ -e "$own" ] || cp "$style" "$own"
done
# Trained models and checkpoints are the person's own: the project's folder is read-only.
export ATELIER_MODELS="${ATELIER_MODELS:-$HOME/.local/share/atelier/models}"
exec jupyterhub-singleuser "$@"
