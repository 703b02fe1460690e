"""What the list screens show: item models that serve every role, spoken text included."""
