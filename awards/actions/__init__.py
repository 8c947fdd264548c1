"""What people do with awards: guidelines, nominations, reception."""
