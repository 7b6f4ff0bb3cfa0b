"""What people of seasons, régulation and shared agendas need beside the workbook: a poster, shifts by week, slots by week."""
