SELECT json_build_object('data', json_build_object('dashboard', json_build_object(
  'agentsInCoaching', peer.agents_in_coaching($1))))
