"""Rule packs: YAML folders read strictly into frozen values."""
